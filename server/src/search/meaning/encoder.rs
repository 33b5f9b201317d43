//! The encoder of BERT (Devlin et al. 2018; the layer: Vaswani et al. 2017, section 3): layers of
//! attention and of a small network, each added to what went in and brought to one scale.

// Widths are at most `Embedding::MAX_NUMBERS`.
#![allow(clippy::cast_precision_loss)]

use anyhow::{Context, bail, ensure};
use domain::search::embedding::Embedding;
use ndarray::{Array1, Array2, Axis, Slice};
use safetensors::SafeTensors;
use safetensors::tensor::Dtype;
use serde::Deserialize;

const MAX_LAYERS: usize = 48;
/// So few rows, as a query has, are multiplied one by one: laying out the weights for the product of
/// matrices takes longer than the product itself.
const FEW_ROWS: usize = 12;

/// What `config.json` says of the model's shape.
#[derive(Debug, Deserialize)]
struct Shape {
    hidden_size: usize,
    intermediate_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    layer_norm_eps: f32,
}

pub(super) struct Encoder {
    words: Array2<f32>,
    positions: Array2<f32>,
    kind: Array1<f32>,
    scale: Scale,
    layers: Vec<Layer>,
    heads: usize,
}

/// Brings a row to mean 0 and variance 1, then to what was learnt.
struct Scale {
    weight: Array1<f32>,
    bias: Array1<f32>,
    epsilon: f32,
}

struct Linear {
    /// Outputs × inputs.
    weight: Array2<f32>,
    bias: Array1<f32>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    attended: Linear,
    attended_scale: Scale,
    wide: Linear,
    narrow: Linear,
    scale: Scale,
}

impl Encoder {
    /// # Errors
    /// Says what is missing or has another shape than `config.json` tells.
    pub(super) fn read(config: &[u8], weights: &[u8]) -> anyhow::Result<Self> {
        let shape: Shape = serde_json::from_slice(config).context("config.json is not one of a BERT model")?;
        let (hidden, heads) = (shape.hidden_size, shape.num_attention_heads);
        ensure!(
            hidden > 0 && Embedding::is_length(hidden),
            "config.json: hidden_size must be a multiple of 8 up to {}",
            Embedding::MAX_NUMBERS
        );
        ensure!(shape.num_hidden_layers <= MAX_LAYERS, "config.json: num_hidden_layers must be at most {MAX_LAYERS}");
        ensure!(
            heads > 0 && hidden.is_multiple_of(heads),
            "config.json: hidden_size must be a multiple of num_attention_heads"
        );
        let file = SafeTensors::deserialize(weights).context("model.safetensors is damaged")?;
        let reader = Reader { file, shape };
        let kinds = reader.rows("embeddings.token_type_embeddings.weight", hidden)?;
        Ok(Self {
            words: reader.rows("embeddings.word_embeddings.weight", hidden)?,
            positions: reader.rows("embeddings.position_embeddings.weight", hidden)?,
            kind: kinds.row(0).to_owned(),
            scale: reader.scale("embeddings.LayerNorm")?,
            layers: (0..reader.shape.num_hidden_layers).map(|layer| reader.layer(layer)).collect::<Result<_, _>>()?,
            heads,
        })
    }

    /// The mean of what the last layer says of each piece.
    pub(super) fn mean(&self, ids: &[usize]) -> Vec<f32> {
        let known = |id: &&usize| **id < self.words.nrows();
        let ids: Vec<usize> = ids.iter().filter(known).copied().take(self.positions.nrows()).collect();
        let mut rows = self.words.select(Axis(0), &ids);
        rows += &self.positions.slice_axis(Axis(0), Slice::from(..ids.len()));
        rows += &self.kind;
        self.scale.apply(&mut rows);
        for layer in &self.layers {
            rows = layer.apply(&rows, self.heads);
        }
        rows.mean_axis(Axis(0)).map(|mean| mean.to_vec()).unwrap_or_default()
    }
}

impl Layer {
    fn apply(&self, rows: &Array2<f32>, heads: usize) -> Array2<f32> {
        let mut attended = self.attended.apply(&self.attend(rows, heads));
        attended += rows;
        self.attended_scale.apply(&mut attended);
        let mut wide = self.wide.apply(&attended);
        wide.mapv_inplace(gelu);
        let mut out = self.narrow.apply(&wide);
        out += &attended;
        self.scale.apply(&mut out);
        out
    }

    /// What each piece takes from the others, for each head apart.
    fn attend(&self, rows: &Array2<f32>, heads: usize) -> Array2<f32> {
        let (queries, keys, values) = (self.query.apply(rows), self.key.apply(rows), self.value.apply(rows));
        let width = rows.ncols() / heads;
        let scale = (width as f32).sqrt().recip();
        let mut taken = Array2::zeros(rows.raw_dim());
        for head in 0..heads {
            let columns = Slice::from(head * width..(head + 1) * width);
            let of_head = |rows: &'_ Array2<f32>| rows.slice_axis(Axis(1), columns).to_owned();
            let mut weights = of_head(&queries).dot(&of_head(&keys).t());
            weights *= scale;
            weights.rows_mut().into_iter().for_each(|mut row| {
                let highest = row.fold(f32::NEG_INFINITY, |highest, value| highest.max(*value));
                row.mapv_inplace(|value| (value - highest).exp());
                let sum = row.sum();
                row /= sum;
            });
            taken.slice_axis_mut(Axis(1), columns).assign(&weights.dot(&of_head(&values)));
        }
        taken
    }
}

impl Linear {
    fn apply(&self, rows: &Array2<f32>) -> Array2<f32> {
        let mut out = if rows.nrows() <= FEW_ROWS {
            let product = |(row, output)| rows.row(row).dot(&self.weight.row(output));
            Array2::from_shape_fn((rows.nrows(), self.weight.nrows()), product)
        } else {
            rows.dot(&self.weight.t())
        };
        out += &self.bias;
        out
    }
}

impl Scale {
    fn apply(&self, rows: &mut Array2<f32>) {
        for mut row in rows.rows_mut() {
            let mean = row.mean().unwrap_or_default();
            row -= mean;
            let variance = row.dot(&row) / row.len() as f32;
            row /= (variance + self.epsilon).sqrt();
            row *= &self.weight;
            row += &self.bias;
        }
    }
}

/// Hendrycks and Gimpel 2016, in its exact form: x · Φ(x).
fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function to 1.5 · 10⁻⁷ (Abramowitz and Stegun 1964, 7.1.26).
fn erf(x: f32) -> f32 {
    const COEFFICIENTS: [f32; 5] = [1.061_405_4, -1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6];
    let t = (1.0 + 0.327_591_1 * x.abs()).recip();
    let polynomial = COEFFICIENTS.iter().fold(0.0, |sum, coefficient| (sum + coefficient) * t);
    (1.0 - polynomial * (-x * x).exp()).copysign(x)
}

struct Reader<'a> {
    file: SafeTensors<'a>,
    shape: Shape,
}

impl Reader<'_> {
    fn layer(&self, number: usize) -> anyhow::Result<Layer> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let (hidden, wide) = (self.shape.hidden_size, self.shape.intermediate_size);
        Ok(Layer {
            query: self.linear(&name("attention.self.query"), hidden, hidden)?,
            key: self.linear(&name("attention.self.key"), hidden, hidden)?,
            value: self.linear(&name("attention.self.value"), hidden, hidden)?,
            attended: self.linear(&name("attention.output.dense"), hidden, hidden)?,
            attended_scale: self.scale(&name("attention.output.LayerNorm"))?,
            wide: self.linear(&name("intermediate.dense"), wide, hidden)?,
            narrow: self.linear(&name("output.dense"), hidden, wide)?,
            scale: self.scale(&name("output.LayerNorm"))?,
        })
    }

    fn linear(&self, name: &str, outputs: usize, inputs: usize) -> anyhow::Result<Linear> {
        let weight = self.rows(&format!("{name}.weight"), inputs)?;
        ensure!(weight.nrows() == outputs, "{name}.weight must have {outputs} rows and has {}", weight.nrows());
        Ok(Linear { weight, bias: self.row(&format!("{name}.bias"), outputs)? })
    }

    fn scale(&self, name: &str) -> anyhow::Result<Scale> {
        let hidden = self.shape.hidden_size;
        Ok(Scale {
            weight: self.row(&format!("{name}.weight"), hidden)?,
            bias: self.row(&format!("{name}.bias"), hidden)?,
            epsilon: self.shape.layer_norm_eps,
        })
    }

    fn row(&self, name: &str, length: usize) -> anyhow::Result<Array1<f32>> {
        let (numbers, shape) = self.numbers(name)?;
        ensure!(shape == [length], "{name} must have {length} numbers and has the shape {shape:?}");
        Ok(Array1::from(numbers))
    }

    fn rows(&self, name: &str, columns: usize) -> anyhow::Result<Array2<f32>> {
        let (numbers, shape) = self.numbers(name)?;
        match shape.as_slice() {
            [rows, width] if *rows > 0 && *width == columns => Ok(Array2::from_shape_vec((*rows, columns), numbers)?),
            _ => bail!("{name} must have {columns} columns and has the shape {shape:?}"),
        }
    }

    fn numbers(&self, name: &str) -> anyhow::Result<(Vec<f32>, Vec<usize>)> {
        let tensor = self.file.tensor(name).with_context(|| format!("model.safetensors has no {name}"))?;
        ensure!(tensor.dtype() == Dtype::F32, "{name} must be of 32-bit numbers and is {:?}", tensor.dtype());
        let numbers =
            tensor.data().chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
        Ok((numbers.collect(), tensor.shape().to_vec()))
    }
}
