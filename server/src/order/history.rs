use async_trait::async_trait;
use domain::order::HistoricOrderKind;

use super::OrderGraph;
use super::graph::Row;
use crate::graph::to_value;
use crate::import::{HistoricOrder, OrderSink};

/// Where an imported order history goes: into the graph alone, beside the store's own orders.
#[derive(Debug)]
pub(crate) struct HistorySink(pub(crate) OrderGraph);

#[async_trait]
impl OrderSink for HistorySink {
    async fn write(&self, batch: Vec<HistoricOrder>) -> anyhow::Result<()> {
        let row = |order: &HistoricOrder| {
            let id = format!("history-{}", order.id);
            let customer = order.customer.as_ref().map(|customer| format!("history-{customer}"));
            let state = match order.kind {
                HistoricOrderKind::Purchase => "delivered",
                HistoricOrderKind::Cancellation => "cancelled",
            };
            let bought = order.kind == HistoricOrderKind::Purchase;
            let mut row = Row::new(id, customer, (state, bought), order.placed_at.to_string(), None);
            for (sku, quantity, unit_price) in &order.lines {
                row.push_line(sku.as_str(), quantity.get(), to_value(unit_price)?);
            }
            Ok(row)
        };
        self.0.write(batch.iter().map(row).collect::<anyhow::Result<_>>()?).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Graph;
    use crate::import;
    use domain::pricing::Currency;

    const HISTORY: &str = "\
order_id,placed_at,customer_id,country,sku,quantity,unit_price
1,2010-12-01T08:26:00Z,17850,United Kingdom,LAMP,6,2.55
1,2010-12-01T08:26:00Z,17850,United Kingdom,STOOL,2,61
2,2010-12-01T08:28:00Z,,France,LAMP,1,2.55
C3,2010-12-02T09:41:00Z,17850,United Kingdom,LAMP,-2,2.55
";

    async fn texts(graph: &Graph, statement: &str) -> Vec<String> {
        let mut texts: Vec<String> = graph.query(statement, &[]).await.unwrap().rows(0).unwrap();
        texts.sort();
        texts
    }

    #[tokio::test]
    async fn purchases_and_cancellations_stand_in_the_graph_once() {
        let folder = tempfile::tempdir().unwrap();
        let graph = Graph::open(&format!("rocksdb://{}", folder.path().join("graph").display()), None).await.unwrap();
        let sink = HistorySink(OrderGraph::new(graph.clone()));
        let file = folder.path().join("orders.csv");
        std::fs::write(&file, HISTORY).unwrap();
        for _ in 0..2 {
            import::orders(&file, None, &sink, Currency::GBP, false).await.unwrap();
            let orders = "SELECT VALUE record::id(id) + ' ' + state + ' ' + placed_at FROM `order`";
            assert_eq!(
                texts(&graph, orders).await,
                [
                    "history-1 delivered 2010-12-01T08:26:00Z",
                    "history-2 delivered 2010-12-01T08:28:00Z",
                    "history-C3 cancelled 2010-12-02T09:41:00Z",
                ]
            );
            let lines = "SELECT VALUE record::id(in) + ': ' + <string> quantity + ' ' + record::id(out) + ' at '
                             + <string> unit_price.minor_units FROM contains";
            assert_eq!(
                texts(&graph, lines).await,
                [
                    "history-1: 2 STOOL at 6100",
                    "history-1: 6 LAMP at 255",
                    "history-2: 1 LAMP at 255",
                    "history-C3: 2 LAMP at 255",
                ]
            );
            let placed = "SELECT VALUE record::id(in) + ' -> ' + record::id(out) FROM placed";
            assert_eq!(texts(&graph, placed).await, ["history-17850 -> history-1", "history-17850 -> history-C3"]);
            assert_eq!(texts(&graph, "SELECT VALUE record::id(id) FROM customer").await, ["history-17850"]);
            // What was taken back is not learnt from.
            let waiting = "SELECT VALUE record::id(id) FROM `order` WHERE learning = 'waiting'";
            assert_eq!(texts(&graph, waiting).await, ["history-1", "history-2"]);
        }
        graph.close().await;
    }
}
