//! Products on their shelves: the edges between them, and whether they can be bought.

use std::path::Path;

use domain::catalog::{ProductId, Sku};
use domain::inventory::Supply;
use domain::inventory::ports::Inventory as _;
use jiff::Timestamp;

use super::shelving::Noted;
use super::{Demand, GraphCatalog, Shelving};
use crate::context::Databases;
use crate::graph::Graph;
use crate::import;
use crate::inventory::SqlInventory;

async fn put(databases: &Databases, folder: &Path, rows: &[&str]) {
    let header = "id\ttitle\tprice\tavailability\tproduct_type";
    let feed = [&[header], rows].concat().join("\n");
    let file = folder.join("feed.tsv");
    std::fs::write(&file, feed).unwrap();
    let catalog = GraphCatalog::new(databases.graph.clone());
    let shelving = Shelving::new(catalog, SqlInventory::new(databases.sql.clone()));
    let put = import::products(&file, &folder.join("report.csv"), &shelving, Timestamp::now(), false).await;
    assert_eq!(put.unwrap().rejected, 0);
}

/// Where the edges of a table lead from and to, in the order of the alphabet.
async fn edges(graph: &Graph, table: &str) -> Vec<String> {
    let statement = format!("SELECT VALUE record::id(in) + ' -> ' + record::id(out) FROM {table}");
    let mut edges: Vec<String> = graph.query(&statement, &[]).await.unwrap().rows(0).unwrap();
    edges.sort();
    edges
}

#[tokio::test]
async fn shelves_hold_products_and_stand_within_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    let stool = "STOOL\tOak stool\t61.00 GBP\tin_stock\tHome > Seating";
    put(&databases, folder.path(), &["LAMP\tDesk lamp\t24.50 GBP\tin_stock\tHome > Lighting > Desk", stool]).await;
    let graph = &databases.graph;
    assert_eq!(edges(graph, "contains").await, ["home/lighting/desk -> LAMP", "home/seating -> STOOL"]);
    let within = ["home/lighting -> home", "home/lighting/desk -> home/lighting", "home/seating -> home"];
    assert_eq!(edges(graph, "child_of").await, within);

    put(&databases, folder.path(), &["LAMP\tDesk lamp\t24.50 GBP\tin_stock\tHome > Lighting", stool]).await;
    assert_eq!(edges(graph, "contains").await, ["home/lighting -> LAMP", "home/seating -> STOOL"]);
    assert_eq!(edges(graph, "child_of").await, within);
    databases.close().await;
}

#[tokio::test]
async fn what_turns_while_a_feed_is_written_is_noted_as_it_is_then() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    put(&databases, folder.path(), &["LAMP\tDesk lamp\t24.50 GBP\tin_stock\tHome > Lighting"]).await;
    let (catalog, inventory) = (GraphCatalog::new(databases.graph.clone()), SqlInventory::new(databases.sql.clone()));
    let shelving = Shelving::new(catalog.clone(), inventory.clone());
    let (lamp, id): (Sku, ProductId) = ("LAMP".parse().unwrap(), "LAMP".parse().unwrap());
    let is_shown = async || catalog.cards_of(std::slice::from_ref(&id)).await.unwrap()[0].in_stock;
    assert!(is_shown().await);
    for (units, in_stock) in [(0, false), (3, true)] {
        inventory.supply(&[(lamp.clone(), Supply::Units(units))]).await.unwrap();
        let noted = Noted { skus: vec![lamp.clone()], stocked: (!in_stock).into() };
        shelving.look_again(&[noted]).await.unwrap();
        assert_eq!(is_shown().await, in_stock, "{units} units");
    }
    databases.close().await;
}

#[tokio::test]
async fn demand_is_noted_in_parts_and_tells_only_of_what_turned() {
    let folder = tempfile::tempdir().unwrap();
    let databases = Databases::open_embedded(folder.path()).await.unwrap();
    let rows = ["LAMP\tDesk lamp\t24.50 GBP\tin_stock\tHome", "STOOL\tOak stool\t61.00 GBP\tin_stock\tHome"];
    put(&databases, folder.path(), &rows).await;
    let catalog = GraphCatalog::new(databases.graph.clone());
    let (lamp, stool): (ProductId, ProductId) = ("LAMP".parse().unwrap(), "STOOL".parse().unwrap());
    let demand = async |id: &ProductId| catalog.searched(std::slice::from_ref(id)).await.unwrap()[0].demand;
    assert_eq!(demand(&lamp).await, Demand::default());

    catalog.note_sold(&[(lamp.clone(), 3), (stool.clone(), 0)]).await.unwrap();
    catalog.note_interest(&[(lamp.clone(), 2)]).await.unwrap();
    catalog.note_sold(&[(lamp.clone(), 4)]).await.unwrap();
    assert_eq!(demand(&lamp).await, Demand { sold_units: 4, interest: 2 });
    let told: Vec<ProductId> = catalog.changed_since(0).await.unwrap().into_iter().map(|change| change.id).collect();
    let times = |id: &ProductId| told.iter().filter(|told| *told == id).count();
    assert_eq!((times(&lamp), times(&stool)), (2, 1), "nobody wants a stool, as before");

    let told = catalog.changed_since(0).await.unwrap();
    catalog.note_sold(&[(lamp.clone(), 4)]).await.unwrap();
    assert_eq!(catalog.changed_since(0).await.unwrap(), told, "nothing turned");
    databases.close().await;
}
