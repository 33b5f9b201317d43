//! Draws the pictures of reviews anew: turned upright, at most so large, and without anything that their files tell
//! beside the picture, such as where it was taken.

use std::io::Cursor;
use std::sync::Arc;

use anyhow::Context;
use domain::review::{
    LARGE_SIDE_PIXELS, MAX_PICTURE_MEGAPIXELS, MAX_SENT_SIDE_PIXELS, ReviewError, SMALL_SIDE_PIXELS, check_pixels,
    fitted,
};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, GenericImageView as _, ImageDecoder, ImageError, ImageReader, Limits, Rgba, RgbaImage};
use tokio::sync::Semaphore;

/// Pictures that are drawn at the same moment: each fills a core, and their memory is bounded with them.
const MAX_PARALLEL_DRAWINGS: usize = 2;
/// What the pixels of a picture may take: four bytes of each of the most that are read.
const MAX_DECODED_BYTES: u64 = MAX_PICTURE_MEGAPIXELS * 1_000_000 * 4;
/// What reading it may take beside them.
const MAX_WORKING_BYTES: u64 = 64 * 1024 * 1024;
const LARGE_QUALITY: u8 = 84;
const SMALL_QUALITY: u8 = 78;
/// What shows through a picture that is not opaque.
const WHITE: Rgba<u8> = Rgba([255; 4]);

/// A picture in both of its sizes, as JPEG files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) large: Vec<u8>,
    pub(super) small: Vec<u8>,
    pub(super) width_pixels: u32,
    pub(super) height_pixels: u32,
}

/// Draws pictures, a few at a time and beside the threads that answer requests.
#[derive(Debug, Clone)]
pub(super) struct Drawings {
    turns: Arc<Semaphore>,
}

impl Drawings {
    pub(super) fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(MAX_PARALLEL_DRAWINGS)) }
    }

    /// Draws what is in a file.
    pub(super) async fn draw(&self, file: Arc<[u8]>) -> anyhow::Result<Result<Drawn, ReviewError>> {
        let turn = self.turns.clone().acquire_owned().await.context("waiting to draw")?;
        // The turn ends with the work, also when nobody waits for the picture any more.
        let working = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            draw_now(&file)
        });
        working.await.context("drawing a picture")
    }
}

fn draw_now(file: &[u8]) -> Result<Drawn, ReviewError> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| ReviewError::NotAPicture)?;
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| refusal(&error))?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height)?;
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        return Err(ReviewError::PictureTooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| refusal(&error))?;
    let mut image = opaque(scaled(image, LARGE_SIDE_PIXELS));
    image.apply_orientation(orientation);
    let (width_pixels, height_pixels) = image.dimensions();
    let large = jpeg(&image, LARGE_QUALITY)?;
    let small = jpeg(&scaled(image, SMALL_SIDE_PIXELS), SMALL_QUALITY)?;
    Ok(Drawn { large, small, width_pixels, height_pixels })
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SENT_SIDE_PIXELS);
    limits.max_image_height = Some(MAX_SENT_SIDE_PIXELS);
    limits.max_alloc = Some(MAX_DECODED_BYTES + MAX_WORKING_BYTES);
    limits
}

fn refusal(error: &ImageError) -> ReviewError {
    match error {
        ImageError::Limits(_) => ReviewError::PictureTooLarge,
        _ => ReviewError::NotAPicture,
    }
}

fn scaled(image: DynamicImage, side: u32) -> DynamicImage {
    let (width, height) = image.dimensions();
    let (fitted_width, fitted_height) = fitted(width, height, side);
    if (fitted_width, fitted_height) == (width, height) {
        return image;
    }
    image.thumbnail_exact(fitted_width, fitted_height)
}

/// A picture on white paper, in the colours of a JPEG.
fn opaque(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return DynamicImage::ImageRgb8(image.into_rgb8());
    }
    let mut paper = RgbaImage::from_pixel(image.width(), image.height(), WHITE);
    image::imageops::overlay(&mut paper, &image.into_rgba8(), 0, 0);
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(paper).into_rgb8())
}

fn jpeg(image: &DynamicImage, quality: u8) -> Result<Vec<u8>, ReviewError> {
    let mut file = Vec::new();
    let encoded = image.write_with_encoder(JpegEncoder::new_with_quality(&mut file, quality));
    // Nothing but a picture without pixels can't be written.
    encoded.map_err(|_| ReviewError::NotAPicture)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, RgbImage};

    fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn red(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30])))
    }

    fn size_of(file: &[u8]) -> (u32, u32) {
        image::load_from_memory(file).unwrap().dimensions()
    }

    #[test]
    fn every_kind_is_drawn_as_a_jpeg_in_two_sizes() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let drawn = draw_now(&file(&red(2_000, 1_000), format)).unwrap();
            assert_eq!((drawn.width_pixels, drawn.height_pixels), (1_600, 800), "{format:?}");
            assert_eq!((size_of(&drawn.large), size_of(&drawn.small)), ((1_600, 800), (240, 120)), "{format:?}");
            assert!(drawn.large.starts_with(&[0xff, 0xd8]) && drawn.small.len() < drawn.large.len());
        }
        let tiny = draw_now(&file(&red(3, 2), ImageFormat::Png)).unwrap();
        assert_eq!((size_of(&tiny.large), size_of(&tiny.small)), ((3, 2), (3, 2)));
    }

    #[test]
    fn what_shows_through_is_white() {
        let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])));
        let drawn = draw_now(&file(&glass, ImageFormat::Png)).unwrap();
        let pixel = image::load_from_memory(&drawn.large).unwrap().into_rgb8().get_pixel(4, 4).0;
        assert!(pixel.iter().all(|part| *part > 250), "{pixel:?}");
    }

    #[test]
    fn nothing_else_is_a_picture() {
        let whole = file(&red(200, 200), ImageFormat::Png);
        for nonsense in [&b""[..], b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", b"GIF89a", &whole[..whole.len() / 2]]
        {
            assert_eq!(draw_now(nonsense), Err(ReviewError::NotAPicture));
        }
    }
}
