use std::collections::BTreeMap;

use safetensors::tensor::{Dtype, TensorView};

use super::*;

const CONFIG: &str =
    r#"{"hidden_size":8,"intermediate_size":16,"num_hidden_layers":1,"num_attention_heads":2,"layer_norm_eps":1e-12}"#;
const VOCABULARY: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nlamp\nrug\n";

/// The tensors of a model of one layer, by name and shape.
fn shapes() -> BTreeMap<String, Vec<usize>> {
    let mut shapes = BTreeMap::new();
    let mut add = |name: &str, shape: &[usize]| shapes.insert(name.to_owned(), shape.to_vec());
    add("embeddings.word_embeddings.weight", &[6, 8]);
    add("embeddings.position_embeddings.weight", &[80, 8]);
    add("embeddings.token_type_embeddings.weight", &[2, 8]);
    let layer = "encoder.layer.0";
    for scale in
        ["embeddings.LayerNorm", &format!("{layer}.attention.output.LayerNorm"), &format!("{layer}.output.LayerNorm")]
    {
        add(&format!("{scale}.weight"), &[8]);
        add(&format!("{scale}.bias"), &[8]);
    }
    for (linear, outputs, inputs) in [
        ("attention.self.query", 8, 8),
        ("attention.self.key", 8, 8),
        ("attention.self.value", 8, 8),
        ("attention.output.dense", 8, 8),
        ("intermediate.dense", 16, 8),
        ("output.dense", 8, 16),
    ] {
        add(&format!("{layer}.{linear}.weight"), &[outputs, inputs]);
        add(&format!("{layer}.{linear}.bias"), &[outputs]);
    }
    shapes
}

/// Writes a model whose numbers follow a simple rule.
fn write(folder: &Path, shapes: &BTreeMap<String, Vec<usize>>) {
    let numbers = |count: usize| {
        (0..11_u8)
            .cycle()
            .take(count)
            .flat_map(|n| (f32::from(n * 7 % 11) / 10.0 - 0.5).to_le_bytes())
            .collect::<Vec<u8>>()
    };
    let data: Vec<(&String, &Vec<usize>, Vec<u8>)> =
        shapes.iter().map(|(name, shape)| (name, shape, numbers(shape.iter().product()))).collect();
    let views =
        data.iter().map(|(name, shape, data)| (*name, TensorView::new(Dtype::F32, (*shape).clone(), data).unwrap()));
    std::fs::write(folder.join("model.safetensors"), safetensors::serialize(views, &None).unwrap()).unwrap();
    std::fs::write(folder.join("config.json"), CONFIG).unwrap();
    std::fs::write(folder.join("vocab.txt"), VOCABULARY).unwrap();
}

fn fault(change: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &shapes());
    change(folder.path());
    format!("{:#}", read(folder.path()).map(drop).unwrap_err())
}

#[test]
fn a_text_has_one_meaning_in_any_spelling() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &shapes());
    let model = read(folder.path()).unwrap();
    let lamp = model.embed("lamp").unwrap();
    assert_eq!(model.embed(" LAMP\n"), Some(lamp.clone()));
    assert_ne!(model.embed("rug"), Some(lamp));
    assert_eq!(model.embed(" \t"), None);
    let few = model.embed(&"lamp ".repeat(10)).unwrap();
    assert!(few.cosine(&model.embed(&"lamp ".repeat(14)).unwrap()) > 0.9, "few and many pieces are multiplied alike");
    assert!(model.embed(&"lamp rug ".repeat(1_000)).is_some(), "a long text is cut");
}

#[test]
fn a_model_that_can_not_be_read_says_which_file_is_wrong() {
    let missing = fault(|folder| std::fs::remove_file(folder.join("vocab.txt")).unwrap());
    assert!(missing.contains("vocab.txt of the search model"), "{missing}");
    let damaged = fault(|folder| std::fs::write(folder.join("model.safetensors"), "no").unwrap());
    assert!(damaged.contains("model.safetensors is damaged"), "{damaged}");
    let other = fault(|folder| std::fs::write(folder.join("config.json"), "{}").unwrap());
    assert!(other.contains("config.json is not one of a BERT model"), "{other}");
    let mut without = shapes();
    without.remove("encoder.layer.0.output.dense.bias");
    assert!(fault(|folder| write(folder, &without)).contains("has no encoder.layer.0.output.dense.bias"));
    let mut narrow = shapes();
    narrow.insert("embeddings.word_embeddings.weight".to_owned(), vec![6, 3]);
    assert!(fault(|folder| write(folder, &narrow)).contains("embeddings.word_embeddings.weight must have 8 columns"));
}

#[test]
fn a_store_without_a_readable_model_searches_by_words() {
    let data = tempfile::tempdir().unwrap();
    assert!(within(data.path()).is_none());
    std::fs::create_dir(data.path().join(FOLDER)).unwrap();
    assert!(within(data.path()).is_none());
}
