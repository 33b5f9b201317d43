use std::path::{Path, PathBuf};

use anyhow::Context as _;
use axum::Router;
use axum::http::{HeaderValue, header};
use tower::ServiceBuilder;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

/// The built scripts and styles.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) folder: PathBuf,
    /// The name of the script and of the style, without their endings.
    pub(crate) assets: String,
    /// For how long browsers keep them.
    kept: &'static str,
}

impl Site {
    /// Finds the site that `make` built in a folder, whose files are named after what they hold. Under
    /// `cargo leptos watch` it is the one that cargo-leptos builds, whose files keep their names.
    ///
    /// # Errors
    /// When the site was not built.
    pub(crate) fn find(folder: &Path) -> anyhow::Result<Self> {
        let watched = (std::env::var("LEPTOS_OUTPUT_NAME"), std::env::var_os("LEPTOS_SITE_ROOT"));
        if let (Ok(assets), Some(folder)) = watched {
            return Ok(Self { folder: folder.into(), assets, kept: "no-cache" });
        }
        let path = folder.join("assets.txt");
        let name = std::fs::read_to_string(&path).with_context(|| {
            format!("reading {}; `make run` builds the site, and --site says where it is", path.display())
        })?;
        let assets = name.trim().to_owned();
        Ok(Self { folder: folder.to_owned(), assets, kept: "public, max-age=31536000, immutable" })
    }

    /// Serves its files.
    pub(super) fn router(&self) -> Router {
        let kept = SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static(self.kept));
        let packed = ServeDir::new(self.folder.join("pkg")).precompressed_br().precompressed_gzip();
        Router::new()
            .nest_service("/pkg", ServiceBuilder::new().layer(kept).service(packed))
            .route_service("/favicon.svg", ServeFile::new(self.folder.join("favicon.svg")))
    }
}
