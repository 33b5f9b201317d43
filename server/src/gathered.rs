//! Many questions in one query: concurrent checkouts ask the same of a database, each for itself, and most
//! of what a query costs is not what it reads.

use std::future::Future;
use std::panic::AssertUnwindSafe;

use anyhow::{Context, anyhow};
use futures::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::fault::shared;

/// As many go into one query.
const MAX_TOGETHER: usize = 256;
/// As many wait for the next one; more wait to be let in.
const MAX_WAITING: usize = 1_000;

type Asking<Q, A> = (Q, oneshot::Sender<anyhow::Result<A>>);

/// What many ask at the same time, in one query: whoever comes while a query is under way goes into the
/// next one.
#[derive(Debug)]
pub(crate) struct Gathered<Q, A> {
    asking: mpsc::Sender<Asking<Q, A>>,
}

impl<Q: Send + 'static, A: Send + 'static> Gathered<Q, A> {
    /// Answers what is asked, in its order, by a task that ends with this.
    pub(crate) fn start<Answering>(answer_all: impl Fn(Vec<Q>) -> Answering + Send + Sync + 'static) -> Self
    where
        Answering: Future<Output = anyhow::Result<Vec<A>>> + Send,
    {
        let (asking, mut asked) = mpsc::channel::<Asking<Q, A>>(MAX_WAITING);
        tokio::spawn(async move {
            let mut together = Vec::with_capacity(MAX_TOGETHER);
            while asked.recv_many(&mut together, MAX_TOGETHER).await > 0 {
                let (questions, waiting): (Vec<Q>, Vec<_>) = together.drain(..).unzip();
                // A question that breaks what answers it leaves the next ones with an answer.
                let answered = AssertUnwindSafe(answer_all(questions)).catch_unwind().await;
                let answered = answered.unwrap_or_else(|_| Err(anyhow!("a question broke what answers it")));
                let mut answers = match answered {
                    Ok(answers) => answers.into_iter().map(Ok).collect(),
                    Err(fault) => waiting.iter().map(|_| Err(shared(&fault))).collect::<Vec<_>>(),
                };
                answers.resize_with(waiting.len(), || Err(anyhow!("a question was left unanswered")));
                for (waiting, answer) in waiting.into_iter().zip(answers) {
                    // Whoever has gone is not told.
                    let _ = waiting.send(answer);
                }
            }
        });
        Self { asking }
    }

    pub(crate) async fn ask(&self, question: Q) -> anyhow::Result<A> {
        let (waiting, answer) = oneshot::channel();
        self.asking.send((question, waiting)).await.ok().context("the store closes")?;
        answer.await.context("the store closes")?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_question_that_breaks_the_answering_leaves_the_next_one_an_answer() {
        let halves = Gathered::start(async |questions: Vec<u32>| {
            Ok(questions
                .into_iter()
                .map(|question| question.checked_div(2).filter(|_| question > 0).unwrap())
                .collect())
        });
        assert!(halves.ask(0).await.is_err());
        assert_eq!(halves.ask(8).await.unwrap(), 4);
    }
}
