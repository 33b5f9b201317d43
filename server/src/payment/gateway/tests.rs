use std::sync::{Arc, Mutex};

use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use domain::payment::MovementId;
use domain::pricing::Currency;
use uuid::Uuid;

use super::*;
use crate::payment::sandbox::{Opened, Setup, open};
use crate::sql::{GroupCommit, Sql};

/// A capture of £20.00 that keeps the rest held.
fn capture() -> Movement {
    let (id, kind) = (MovementId::new(Uuid::now_v7()), MovementKind::Capture { is_last: false });
    Movement { id, kind, amount: Money::new(20_00, Currency::GBP) }
}

/// A day later the sandbox knows no key any more.
async fn forget_keys(sql: &Sql) {
    let mut transaction = sql.begin().await.unwrap();
    sqlx::query("DELETE FROM sandbox_answers").execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn only_who_resumes_a_movement_looks_first_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let sql = Sql::open(&format!("sqlite://{}", folder.path().join("sandbox.sqlite").display())).await.unwrap();
    let (mut commits, key) = (GroupCommit::new(sql.clone()), Secret::random());
    let setup = Setup { key: Some(key.clone()), origin: String::new(), tells_all: false };
    let Opened { api, .. } = open(sql.clone(), &mut commits, setup);
    let committing = tokio::spawn(commits.run());
    let heard: Arc<Mutex<Vec<Method>>> = Arc::default();
    let noting = heard.clone();
    let api = api.layer(from_fn(move |request: Request, next: Next| {
        noting.lock().unwrap().push(request.method().clone());
        next.run(request)
    }));
    let heard = || std::mem::take(&mut *heard.lock().unwrap());
    let gateway = HttpGateway::embedded(api, key);
    let (order, total) = (OrderId::new(Uuid::now_v7()), Money::new(49_00, Currency::GBP));
    let held = gateway.authorize(order, total, &"pm_card_visa".parse().unwrap()).await.unwrap();
    let Authorization::Held { id } = held else { panic!("{held:?}") };
    assert_eq!(heard(), [Method::POST]);

    let (first, second) = (capture(), capture());
    assert_eq!(gateway.move_money(&id, &first, None).await, Ok(Moved::Done));
    assert_eq!(heard(), [Method::POST]);
    forget_keys(&sql).await;
    assert_eq!(gateway.move_money(&id, &first, Some(&Tally::default())).await, Ok(Moved::Done));
    assert_eq!(heard(), [Method::GET]);
    // One of the same amount is told from it.
    let before = Tally::default().after(&first);
    for asked in [vec![Method::GET, Method::POST], vec![Method::GET]] {
        assert_eq!(gateway.move_money(&id, &second, Some(&before)).await, Ok(Moved::Done));
        assert_eq!(heard(), asked);
        forget_keys(&sql).await;
    }
    // What is let go of stays let go of, whoever asks for it how much later.
    let rest = Movement { kind: MovementKind::Release, amount: Money::new(9_00, Currency::GBP), ..capture() };
    let before = before.after(&second);
    for resumes in [None, Some(&before), Some(&before)] {
        assert_eq!(gateway.move_money(&id, &rest, resumes).await, Ok(Moved::Done));
        assert_eq!(heard(), [Method::POST]);
        forget_keys(&sql).await;
    }
    let captured = sqlx::query_scalar("SELECT captured_minor_units FROM sandbox_intents").fetch_one(sql.readers());
    let captured_minor_units: i64 = captured.await.unwrap();
    assert_eq!(captured_minor_units, 40_00);

    // Something was kept of each capture.
    let told = gateway.aftermath(&id).await.unwrap();
    let kept: Vec<i64> = told.fees.iter().map(|fee| fee.amount.minor_units()).collect();
    assert_eq!((kept, told.knows_fees), (vec![55, 55], true));
    let page = gateway.payments(None).await.unwrap();
    assert_eq!(page.payments[0].fee.as_ref(), told.fees.last());
    committing.abort();
    sql.close().await;
}
