use std::thread;

use domain::recommendation::ItemNumber;

use super::question::Question;
use super::ranker::Ranker;

/// How many places of a list are looked at.
pub(super) const PLACES: usize = 10;

/// Where the hidden item stood, and what stood at the top.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// From 1; `None` where the ranker does not know the item.
    pub(super) rank: Option<u32>,
    pub(super) top: Vec<ItemNumber>,
}

/// Asks a ranker every question, on all cores.
pub(super) fn ask(ranker: &dyn Ranker, questions: &[Question], items: usize) -> Vec<Answer> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = questions.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let asked: Vec<_> = questions
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || chunk.iter().map(|question| answer(ranker, question, items)).collect::<Vec<_>>())
            })
            .collect();
        // A ranker that panicked has already said so.
        asked.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

fn answer(ranker: &dyn Ranker, question: &Question, items: usize) -> Answer {
    let mut scores = vec![0.0; items];
    ranker.score(question, &mut scores);
    if !question.may_repeat {
        for shown in &question.shown {
            scores[shown.index()] = 0.0;
        }
    }
    let wanted = scores[question.hidden.index()];
    let hidden = question.hidden.index();
    // What is equal stands in the order of its number, so that a ranker can't win by saying nothing.
    let is_before = |(place, score): (usize, &f32)| *score > wanted || (*score >= wanted && place < hidden);
    let before = scores.iter().enumerate().filter(|entry| is_before(*entry)).count();
    let rank = (wanted > 0.0).then(|| u32::try_from(before + 1).unwrap_or(u32::MAX));
    Answer { rank, top: top(&scores) }
}

fn top(scores: &[f32]) -> Vec<ItemNumber> {
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(PLACES + 1);
    for (place, score) in scores.iter().enumerate() {
        let is_full = best.len() == PLACES;
        if *score <= 0.0 || (is_full && best.last().is_some_and(|(worst, _)| score <= worst)) {
            continue;
        }
        let at = best.partition_point(|(other, _)| other >= score);
        best.insert(at, (*score, place));
        best.truncate(PLACES);
    }
    best.into_iter().filter_map(|(_, place)| u32::try_from(place).ok().map(ItemNumber)).collect()
}
