//! What a writer does beside putting products in.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[test]
fn a_new_index_ends_as_one_segment_and_goes_on_from_there() {
    let folder = TempDir::new().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    let mut builder = engine.builder(WRITER_BYTES).unwrap();
    for (id, title) in ["Desk lamp", "Garden chair", "Desk chair"].iter().enumerate() {
        builder.add(&document(&id.to_string(), title)).unwrap();
        builder.commit("").unwrap();
    }
    builder.finish("event 3").unwrap();
    assert_eq!(engine.index.searchable_segment_ids().unwrap().len(), 1);
    assert_eq!((engine.mark().unwrap().as_str(), engine.count()), ("event 3", 3));
    let found: BTreeSet<String> =
        ids(&engine.search(&request("desk")).unwrap()).into_iter().map(str::to_owned).collect();
    assert_eq!(found, BTreeSet::from(["0".to_owned(), "2".to_owned()]));
    let mut writer = engine.writer(WRITER_BYTES).unwrap();
    writer.put(&document("0", "Camp stove")).unwrap();
    writer.commit("event 4").unwrap();
    assert_eq!((first(&engine, "desk"), first(&engine, "stove")), (Some("2".to_owned()), Some("0".to_owned())));
}

#[test]
fn words_are_known_whichever_segment_they_were_written_into() {
    let folder = TempDir::new().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    let mut builder = engine.builder(WRITER_BYTES).unwrap();
    for (id, title) in ["Walnut bookcase", "Garden chair", "Camp stove", "Garden bench"].iter().enumerate() {
        builder.add(&document(&id.to_string(), title)).unwrap();
        builder.commit("").unwrap();
    }
    assert_eq!(engine.index.searchable_segment_ids().unwrap().len(), 4);
    for (typed, expected, meant) in [
        ("bokcase", "0", "bookcase"),
        ("bookkasse", "0", "bookcase"),
        ("chiar", "1", "chair"),
        ("stovve", "2", "stove"),
    ] {
        let answer = engine.search(&request(typed)).unwrap();
        let corrected = answer.corrected.as_ref().unwrap().text.as_str();
        assert_eq!((ids(&answer).as_slice(), corrected), ([expected].as_slice(), meant));
    }
    let suggested = engine.suggest("gard", 5).unwrap().queries;
    let suggested: BTreeSet<&str> = suggested.iter().map(|completion| completion.text.as_str()).collect();
    assert_eq!(suggested, BTreeSet::from(["garden", "garden bench", "garden chair"]));
}

#[test]
fn documents_stand_in_the_order_of_their_standing_before_and_after_a_merge() {
    let folder = TempDir::new().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    let mut builder = engine.builder(WRITER_BYTES).unwrap();
    let standings = |engine: &Engine| -> Vec<Vec<u16>> {
        let snapshot = engine.snapshot();
        let segments = snapshot.searcher.segment_readers().iter().zip(&snapshot.columns);
        segments
            .map(|(segment, columns)| (0..segment.max_doc()).map(|doc| columns.standing.of(doc)).collect())
            .collect()
    };
    let is_in_order = |standings: &Vec<u16>| standings.is_sorted_by(|one, next| one >= next);
    for lamps in shelf().chunks(50) {
        for lamp in lamps {
            builder.add(lamp).unwrap();
        }
        builder.commit("").unwrap();
    }
    assert!(standings(&engine).len() > 1 && standings(&engine).iter().all(is_in_order));
    builder.finish("").unwrap();
    let merged = standings(&engine);
    assert!(merged.len() == 1 && merged.iter().all(is_in_order) && merged[0][0] > merged[0][119], "{merged:?}");
}

#[test]
fn the_best_are_the_same_whether_the_others_are_passed_over_or_not() {
    let (_folder, engine, _writer) = engine_with(&shelf());
    for query in ["lamp", "lamp -red", "alma lamp"] {
        // As many are looked at word by word; of 120 lamps a page of 100 passes over none.
        let [few, many] = [22, 100].map(|page_hits| engine.search(&Request { page_hits, ..request(query) }).unwrap());
        assert_eq!(ids(&few), ids(&many)[..22], "{query}");
    }
}

#[test]
fn an_empty_index_can_be_finished() {
    let folder = TempDir::new().unwrap();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), None).unwrap());
    engine.builder(WRITER_BYTES).unwrap().finish("event 0").unwrap();
    assert_eq!((engine.mark().unwrap().as_str(), engine.count()), ("event 0", 0));
}

/// Counts the texts that it is asked for.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl Counting {
    fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Embedder for Counting {
    fn name(&self) -> &'static str {
        "counting"
    }

    fn embed(&self, text: &str) -> Option<Embedding> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Thesaurus.embed(text)
    }
}

#[test]
fn a_meaning_is_kept_as_long_as_its_text_stays() {
    let folder = TempDir::new().unwrap();
    let embedder = Arc::new(Counting::default());
    let known: Arc<dyn Embedder> = embedder.clone();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), Some(known)).unwrap());
    let mut writer = engine.writer(WRITER_BYTES).unwrap();
    let mut put = |document: Document| {
        writer.put(&document).unwrap();
        writer.commit("").unwrap();
    };
    put(document("0", "Grey sofa"));
    put(Document { popularity: 7, available: false, ..document("0", "Grey sofa") });
    assert_eq!(embedder.count(), 1);
    assert_eq!(ids(&engine.search(&request("chesterfield")).unwrap()), ["0"], "its meaning is the one it had");
    let asked = embedder.count();
    put(document("0", "Woollen rug"));
    assert_eq!(embedder.count(), asked + 1);
    assert_eq!(ids(&engine.search(&request("kilim")).unwrap()), ["0"]);
}

#[test]
fn what_a_query_means_is_found_out_once() {
    let folder = TempDir::new().unwrap();
    let embedder = Arc::new(Counting::default());
    let known: Arc<dyn Embedder> = embedder.clone();
    let engine = Arc::new(Engine::create(&folder.path().join("index"), Some(known)).unwrap());
    let mut writer = engine.writer(WRITER_BYTES).unwrap();
    writer.put(&document("0", "Grey sofa")).unwrap();
    writer.put(&document("1", "Woollen rug")).unwrap();
    writer.commit("").unwrap();
    // Spelt right, without its price, without its brand.
    for query in ["grey sofa", "grey soffa", "grey soffa under 5", "soffa brand:orla under 5", "brand:orla under 5"] {
        let asked = embedder.count();
        engine.search(&request(query)).unwrap();
        assert!(embedder.count() <= asked + 1, "{query}");
    }
}

#[test]
fn words_of_what_took_the_place_of_another_are_known() {
    let titles: Vec<String> = (0..60).map(|n| format!("Desk lamp {n}")).collect();
    let (_folder, engine, mut writer) = titled(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    for n in 0..30 {
        writer.put(&document(&n.to_string(), "Garden chair")).unwrap();
    }
    writer.commit("").unwrap();
    let suggested = engine.suggest("gard", 5).unwrap().queries;
    assert!(suggested.iter().any(|completion| completion.text.as_str().starts_with("garden")), "{suggested:?}");
}

#[test]
fn a_file_that_is_not_as_it_was_written_is_noticed_before_it_is_read() {
    let (folder, engine, writer) = titled(&["Desk lamp", "Garden chair"]);
    assert!(engine.is_whole());
    drop((engine, writer));
    let index = folder.path().join("index");
    let files: Vec<_> = std::fs::read_dir(&index).unwrap().map(|entry| entry.unwrap().path()).collect();
    let is_of_segment = |file: &&std::path::PathBuf| {
        file.metadata().unwrap().len() > 160 && file.extension().is_some_and(|kind| kind != "json")
    };
    let mut harmed = 0;
    for file in files.iter().filter(is_of_segment) {
        let written = std::fs::read(file).unwrap();
        let mut changed = written.clone();
        changed[written.len() / 4] ^= 0xff;
        for harm in [&changed, &written[..written.len() / 2], &[]] {
            std::fs::write(file, harm).unwrap();
            assert!(matches!(Engine::open(&index, None), Err(OpenError::Damaged { .. })), "{}", file.display());
            harmed += 1;
        }
        std::fs::write(file, written).unwrap();
    }
    assert!(harmed >= 6);
    assert_eq!(Engine::open(&index, None).unwrap().count(), 2);
}
