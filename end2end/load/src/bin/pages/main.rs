//! How fast product pages are beside a static file of their size: both from the same store, over the same
//! connections, in turns.
//!
//! With a store open, `pages --site target/site` puts the file into its site for as long as it runs. Nothing
//! is compressed, and the store answers as fast as it is asked.

use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use load::Connection;
use tokio::task::JoinSet;
use tokio::time::Instant;

#[derive(Debug, Parser)]
struct Arguments {
    /// Where the store listens
    #[arg(long, default_value = "127.0.0.1:3000")]
    host: String,
    /// The store's site, for the file to lie in
    #[arg(long, value_name = "FOLDER", default_value = "target/site")]
    site: PathBuf,
    /// Product pages that are asked for
    #[arg(long, default_value_t = 50)]
    pages: usize,
    /// How often it is the turn of each
    #[arg(long, default_value_t = 3)]
    turns: u32,
    /// How long a turn is
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Connections, each with one request at a time
    #[arg(long, default_value_t = 32)]
    connections: usize,
}

/// Nothing of the store's has this name.
const FILE: &str = "pkg/as-long-as-a-page.bin";
const OK: &str = "HTTP/1.1 200 OK";

/// The file, for as long as it is needed.
struct StaticFile(PathBuf);

impl StaticFile {
    fn put(site: &Path, bytes: usize) -> Result<Self> {
        let path = site.join(FILE);
        fs::write(&path, vec![b'.'; bytes])?;
        Ok(Self(path))
    }
}

impl Drop for StaticFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments { host, site, pages, turns, seconds, connections } = Arguments::parse();
    let length = Duration::from_secs(seconds);
    let (products, bytes) = products(&host, pages).await?;
    println!("{} product pages of {bytes} bytes on average", products.len());
    let _file = StaticFile::put(&site, bytes)?;
    let file = vec![get(&host, &format!("/{FILE}"))];
    let (products, file) = (Arc::new(products), Arc::new(file));
    let (mut of_products, mut of_file) = (0, 0);
    for _ in 0..turns {
        of_file += ask(&host, connections, &file, length).await?;
        of_products += ask(&host, connections, &products, length).await?;
    }
    let per_second = |answers: u64| answers / (u64::from(turns) * seconds).max(1);
    println!("static file: {} a second", per_second(of_file));
    println!("product pages: {} a second", per_second(of_products));
    let hundredths = of_products * 100 / of_file.max(1);
    println!("product pages reach {}.{:02} of what the file does", hundredths / 100, hundredths % 100);
    Ok(())
}

fn get(host: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\n\r\n")
}

/// Requests for the first product pages of the site map, and how long these are on average.
async fn products(host: &str, most: usize) -> Result<(Vec<String>, usize)> {
    let mut connection = Connection::open(host).await?;
    let answer = connection.send(&get(host, "/sitemaps/products-1.xml")).await?;
    let map = String::from_utf8_lossy(connection.body(&answer)).into_owned();
    let addresses = map.split("<loc>").filter_map(|part| part.split("</loc>").next());
    let paths = addresses.filter_map(|address| Some(&address[address.find("/products/")?..]));
    let requests: Vec<String> = paths.take(most).map(|path| get(host, path)).collect();
    let mut bytes = 0;
    for request in &requests {
        let answer = connection.send(request).await?;
        expect_ok(&answer.leads_to)?;
        bytes += connection.body(&answer).len();
    }
    match requests.len() {
        0 => Err(Error::other("the store is empty: run `cartograph demo` first")),
        count => Ok((requests, bytes / count)),
    }
}

/// Asks over some connections, each for one thing after the other, and counts the answers.
async fn ask(host: &str, connections: usize, requests: &Arc<Vec<String>>, length: Duration) -> Result<u64> {
    let end = Instant::now() + length;
    let asking = |number: usize| {
        let (host, requests) = (host.to_owned(), requests.clone());
        async move {
            let mut connection = Connection::open(&host).await?;
            let mut answers = 0;
            for request in requests.iter().cycle().skip(number % requests.len()) {
                if Instant::now() >= end {
                    break;
                }
                expect_ok(&connection.send(request).await?.leads_to)?;
                answers += 1;
            }
            Ok(answers)
        }
    };
    let mut all: JoinSet<Result<u64>> = (0..connections).map(asking).collect();
    let mut answers = 0;
    while let Some(one) = all.join_next().await {
        answers += one.map_err(Error::other)??;
    }
    Ok(answers)
}

fn expect_ok(answered: &str) -> Result<()> {
    if answered == OK { Ok(()) } else { Err(Error::other(format!("the store answered {answered}"))) }
}
