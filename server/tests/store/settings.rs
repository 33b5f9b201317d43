//! Settings: flags, then the environment, then a file, then defaults; each refusal names the
//! setting, what was wrong with it and what would be right.

use std::ffi::OsStr;

use crate::support::purchase::{ADD, PAYS, number_on};
use crate::support::{Browser, Ran, Shop, feed};

async fn run(shop: &Shop, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    shop.run(&arguments.iter().map(OsStr::new).collect::<Vec<_>>(), environment).await
}

#[tokio::test]
async fn a_wrong_value_is_refused_with_its_setting_and_a_right_value() {
    let shop = Shop::new();
    for (flag, wrong, right) in [
        ("--listen", "nonsense", "127.0.0.1:3000"),
        ("--listen", "127.0.0.1:70000", "127.0.0.1:3000"),
        ("--base-url", "shop", "https://shop.example"),
        ("--graph-url", "mongodb://x", "ws://127.0.0.1:8000"),
        ("--sql-url", "mysql://x", "postgres://"),
        ("--currency", "QQQ", "GBP"),
        ("--gateway-url", "ftp://bank", "https://"),
        ("--base-url", "https://shop.example/store", "https://shop.example"),
        ("--name", "<b>Shop</b>", "Cartograph"),
        ("--contact-email", "nobody", "help@shop.example"),
        ("--fault", "graph.dwn", "graph.down"),
        ("--fault", "payments.timeout=2", "0.1"),
        ("--fault", "mail.down,search.slow", "500ms"),
    ] {
        let by_flag = run(&shop, &["serve", flag, wrong], &[]).await;
        by_flag.refused_with(&[flag, wrong, right]);
        let variable = format!("CARTOGRAPH_{}", flag.trim_start_matches('-').replace('-', "_").to_uppercase());
        let by_variable = run(&shop, &["serve"], &[(&variable, wrong)]).await;
        by_variable.refused_with(&[flag, wrong, right]);
        let file = shop.file("wrong.toml", format!("{} = \"{wrong}\"", flag.trim_start_matches('-')));
        let by_file = run(&shop, &["--config", file.to_str().unwrap(), "serve"], &[]).await;
        by_file.refused_with(&[flag, wrong, right]);
    }
}

#[tokio::test]
async fn a_log_filter_that_can_not_be_read_is_refused() {
    let ran = run(&Shop::new(), &["simulate", "--seeds", "1"], &[("CARTOGRAPH_LOG", "loud=very")]).await;
    ran.refused_with(&["CARTOGRAPH_LOG", "loud=very", "server=info"]);
}

#[tokio::test]
async fn a_settings_file_with_an_unknown_key_is_refused() {
    let shop = Shop::new();
    let file = shop.file("store.toml", "lisen = \"127.0.0.1:0\"");
    let ran = run(&shop, &["--config", file.to_str().unwrap(), "serve"], &[]).await;
    ran.refused_with(&["store.toml", "lisen", "listen"]);
    let table = shop.file("table.toml", "[listen]\nport = 3000");
    let ran = run(&shop, &["--config", table.to_str().unwrap(), "serve"], &[]).await;
    ran.refused_with(&["table.toml", "listen"]);
    let broken = shop.file("broken.toml", "listen = ");
    run(&shop, &["--config", broken.to_str().unwrap(), "serve"], &[]).await.refused_with(&["broken.toml"]);
    run(&shop, &["--config", "nowhere.toml", "serve"], &[]).await.refused_with(&["nowhere.toml"]);
}

#[tokio::test]
async fn a_secret_is_never_printed() {
    let shop = Shop::new();
    let short = run(&shop, &["serve", "--secret", "hunter2-too-short"], &[]).await;
    short.refused_with(&["secret", "32"]);
    assert!(!short.stderr.contains("hunter2"), "{}", short.stderr);
    let by_variable = run(&shop, &["serve"], &[("CARTOGRAPH_SECRET", "hunter2-too-short")]).await;
    by_variable.refused_with(&["secret", "32"]);
    assert!(!by_variable.stderr.contains("hunter2"), "{}", by_variable.stderr);

    let misspelt = run(&shop, &["serve", "--sql-url", "postgre://127.0.0.1/store?password=hunter2"], &[]).await;
    misspelt.refused_with(&["--sql-url", "postgres://"]);
    assert!(!misspelt.stderr.contains("hunter2"), "{}", misspelt.stderr);

    let misspelt = run(&shop, &["serve"], &[("CARTOGRAPH_GRAPH_URL", "vss://atlas:hunter2@127.0.0.1")]).await;
    misspelt.refused_with(&["--graph-url", "ws://"]);
    assert!(!misspelt.stderr.contains("hunter2"), "{}", misspelt.stderr);

    let secrets = "secret = \"hunter2-hunter2-hunter2-hunter2-hunter2\"\ngraph-user = \"root\"\n\
                   graph-password = \"hunter2\"\ngraph-url = \"wss://atlas:hunter2@127.0.0.1\"\nsql-url = \"postgres://cartograph:hunter2@127.0.0.1/store\"";
    let file = shop.file("secrets.toml", secrets);
    let help = run(&shop, &["--config", file.to_str().unwrap(), "serve", "--help"], &[]).await.went_well();
    assert!(help.stdout.contains("--secret") && !help.stdout.contains("hunter2"), "{}", help.stdout);
    let help = run(&shop, &["serve", "--help"], &[("CARTOGRAPH_GRAPH_URL", "wss://atlas:hunter2@127.0.0.1")]).await;
    assert!(!help.went_well().stdout.contains("hunter2"));
}

#[tokio::test]
async fn the_name_and_the_password_for_a_graph_database_come_together() {
    let shop = Shop::new();
    run(&shop, &["serve", "--graph-user", "root"], &[]).await.refused_with(&["--graph-user", "--graph-password"]);
    let alone = shop.file("alone.toml", "graph-password = \"hunter2\"");
    let ran = run(&shop, &["--config", alone.to_str().unwrap(), "serve"], &[]).await;
    ran.refused_with(&["--graph-password needs --graph-user"]);
}

#[tokio::test]
async fn a_graph_database_that_does_not_answer_is_no_other_store() {
    let shop = Shop::new();
    let site = shop.folder().join("site");
    // Nobody listens on the first port.
    let nobody = ["serve", "--graph-url", "ws://127.0.0.1:1", "--site", site.to_str().unwrap()];
    let ran = run(&shop, &nobody, &[]).await;
    ran.refused_with(&["graph database"]);
    assert!(!ran.stderr.contains("another Cartograph"), "{}", ran.stderr);
}

#[tokio::test]
async fn the_address_of_a_file_may_have_parameters() {
    let mut shop = Shop::new();
    let file = shop.folder().join("books.sqlite");
    shop.open_in(&[("CARTOGRAPH_SQL_URL", &format!("sqlite://{}?cache=private", file.display()))]).await;
    shop.browser().open("/").await.is(200);
    assert!(file.exists());
}

#[tokio::test]
async fn the_settings_file_is_used_and_the_environment_and_flags_go_before_it() {
    let mut shop = Shop::new();
    let (data, site) = (shop.data(), shop.folder().join("site"));
    let settings = format!(
        "name = \"Atlas of the file\"\nlisten = \"127.0.0.1:0\"\ndata = \"{}\"\nsite = \"{}\"",
        data.display(),
        site.display()
    );
    // A file of this name in the working folder is read without being asked for.
    shop.file("cartograph.toml", settings.replace("Atlas of the file", "Atlas of the folder"));
    let file = shop.file("store.toml", &settings);
    let config: [&OsStr; 2] = ["--config".as_ref(), file.as_os_str()];
    let named = [("CARTOGRAPH_NAME", "Atlas of the environment")];
    let flag: [&OsStr; 3] = ["serve".as_ref(), "--name".as_ref(), "Atlas of the flag".as_ref()];
    let by_flag: Vec<&OsStr> = config.into_iter().chain(flag).collect();
    let by_file: Vec<&OsStr> = config.into_iter().chain(["serve".as_ref()]).collect();
    let by_folder: Vec<&OsStr> = vec!["serve".as_ref()];
    let cases = [
        (by_folder, &[][..], "Atlas of the folder"),
        (by_file.clone(), &[], "Atlas of the file"),
        (by_file, &named, "Atlas of the environment"),
        (by_flag, &named, "Atlas of the flag"),
    ];
    for (arguments, environment, expected) in cases {
        shop.open_with(&arguments, environment).await;
        let front = shop.browser().open("/").await;
        assert!(front.title().contains(expected), "{} is not {expected}", front.title());
        shop.close().await;
        assert!(data.join("store.sqlite").exists());
    }
}

#[tokio::test]
async fn a_store_behind_a_public_address_uses_it_everywhere() {
    let mut shop = Shop::new();
    // A port that was free a moment ago: the store says its public address and not this one.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (data, site, listen) = (shop.data(), shop.folder().join("site"), format!("127.0.0.1:{port}"));
    let (data, site) = (data.to_str().unwrap(), site.to_str().unwrap());
    let arguments =
        ["serve", "--base-url", "https://shop.example/", "--listen", &listen, "--data", data, "--site", site];
    shop.open_with(&arguments.map(OsStr::new), &[]).await;
    assert_eq!(shop.url(), "https://shop.example");

    let mut browser = Browser::new(&format!("http://{listen}"));
    let front = browser.open("/").await;
    assert_eq!(front.canonical().as_deref(), Some("https://shop.example/"));
    let robots = browser.get("/robots.txt").await.html;
    assert!(robots.contains("Sitemap: https://shop.example/sitemap.xml"), "{robots}");
    let answer = browser.post(ADD, &[("sku", "LAMP"), ("quantity", "1")]).await;
    let cookie = answer.header("set-cookie").expect("who posts gets a cart").to_lowercase();
    for part in ["secure", "httponly", "samesite=lax", "path=/"] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
}

#[tokio::test]
async fn a_store_can_be_written_to_where_it_says_how() {
    let mut shop = Shop::new();
    shop.import(&feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"])).await.went_well();
    shop.open().await;
    let unsaid = "has not published an e-mail address yet";
    shop.browser().open("/help/contact").await.is(200).says(&[unsaid]);
    shop.close().await;

    let (data, site) = (shop.data(), shop.folder().join("site"));
    let (data, site) = (data.to_str().unwrap().to_owned(), site.to_str().unwrap().to_owned());
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", &data, "--site", &site];
    shop.open_with(&arguments.map(OsStr::new), &[("CARTOGRAPH_CONTACT_EMAIL", "atlas@shop.example")]).await;
    let mut browser = shop.browser();
    let contact = browser.open("/help/contact").await;
    contact.is(200).says(&["atlas@shop.example"]);
    contact.does_not_say(unsaid);
    assert_eq!(contact.links("mailto:"), ["mailto:atlas@shop.example"]);
    browser.open("/help/returns").await.says(&["atlas@shop.example"]);
    let review = browser.come_to_review("walnut-desk-lamp", "1", PAYS).await;
    let order = browser.place(&review).await;
    let subject = format!("mailto:atlas@shop.example?subject=Order%20{}", number_on(&order));
    assert_eq!(order.links("mailto:"), [subject]);
}

#[tokio::test]
async fn a_store_that_is_watched_serves_what_cargo_leptos_builds() {
    let mut shop = Shop::new();
    let watched = shop.folder().join("watched");
    std::fs::create_dir_all(watched.join("pkg")).unwrap();
    std::fs::write(watched.join("pkg/atlas.css"), "body { color: ink }").unwrap();
    let site = [("LEPTOS_OUTPUT_NAME", "atlas"), ("LEPTOS_SITE_ROOT", watched.to_str().unwrap())];
    let data = shop.data();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data.to_str().unwrap()];
    shop.open_with(&arguments.map(OsStr::new), &site).await;
    let mut browser = shop.browser();
    assert!(browser.open("/").await.html.contains("/pkg/atlas.css"));
    let style = browser.get("/pkg/atlas.css").await;
    assert_eq!(style.is(200).html, "body { color: ink }");
    assert_eq!(style.header("cache-control"), Some("no-cache"), "the next build has the same names");
}

#[tokio::test]
async fn two_stores_do_not_share_one_data_folder() {
    let mut shop = Shop::new();
    shop.open().await;
    let (data, site) = (shop.data(), shop.folder().join("site"));
    let (data, site) = (data.to_str().unwrap(), site.to_str().unwrap());
    let second = run(&shop, &["serve", "--listen", "127.0.0.1:0", "--data", data, "--site", site], &[]).await;
    second.refused_with(&["another Cartograph"]);
    shop.browser().open("/").await.is(200);
}

#[tokio::test]
async fn a_store_without_its_site_or_its_port_says_what_to_do() {
    let mut shop = Shop::new();
    let nowhere = run(&shop, &["serve", "--site", "nowhere", "--listen", "127.0.0.1:0"], &[]).await;
    nowhere.refused_with(&["nowhere", "--site", "make run"]);
    shop.open().await;
    let taken = shop.url().strip_prefix("http://").unwrap().to_owned();
    let site = shop.folder().join("site");
    let second = ["serve", "--data", "other", "--site", site.to_str().unwrap(), "--listen", &taken];
    run(&shop, &second, &[]).await.refused_with(&[&taken]);
}

#[tokio::test]
async fn an_empty_store_is_filled_once_when_asked() {
    let mut shop = Shop::new();
    let (data, site) = (shop.data(), shop.folder().join("site"));
    let arguments: [&OsStr; 8] = [
        "serve".as_ref(),
        "--demo-if-empty".as_ref(),
        "--listen".as_ref(),
        "127.0.0.1:0".as_ref(),
        "--data".as_ref(),
        data.as_os_str(),
        "--site".as_ref(),
        site.as_os_str(),
    ];
    shop.import(&crate::support::feed("id | title | price", &["LAMP | Walnut desk lamp | 24.50 GBP"]))
        .await
        .went_well();
    shop.open_with(&arguments, &[]).await;
    let map = shop.browser().get("/sitemaps/products-1.xml").await;
    assert_eq!(map.is(200).html.matches("<loc>").count(), 1, "a store with products is left alone");
    shop.close().await;

    let mut empty = Shop::new();
    let data = empty.data();
    let mut of_empty = arguments;
    of_empty[5] = data.as_os_str();
    empty.open_with(&of_empty, &[]).await;
    let map = empty.browser().get("/sitemaps/products-1.xml").await;
    assert_eq!(map.is(200).html.matches("<loc>").count(), 2_000);
    empty.close().await;
}
