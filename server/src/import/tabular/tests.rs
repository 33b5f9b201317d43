use super::*;
use proptest::prelude::*;

/// Line with cells, or line with field and reason.
type Read = Result<(u64, Vec<String>), (u64, String)>;

fn rows(format: Format, file: &[u8]) -> Vec<Read> {
    let mut table = Table::new(file, format).unwrap();
    let mut rows = Vec::new();
    while let Some(row) = table.next_row().unwrap() {
        rows.push(match row {
            Ok(cells) => Ok((cells.line, (0..cells.ranges.len()).map(|column| cells.get(column).to_owned()).collect())),
            Err(rejection) => Err((rejection.line, format!("{} {}", rejection.field, rejection.reason))),
        });
    }
    rows
}

#[expect(clippy::unnecessary_wraps, reason = "stands beside refused rows in lists")]
fn row(line: u64, cells: &[&str]) -> Read {
    Ok((line, cells.iter().map(|&cell| cell.to_owned()).collect()))
}

#[test]
fn csv_cells_may_hold_commas_quotes_and_lines() {
    let file = b"id,title\r\n1,\"Lamp, \"\"small\"\"\r\nwith shade\"\r\n\r\n2,\"17\" screen\" \n3,5\" nail\n4,\"\"\n";
    assert_eq!(
        rows(Format::Csv, file),
        [
            row(2, &["1", "Lamp, \"small\"\nwith shade"]),
            row(5, &["2", "17\" screen"]),
            row(6, &["3", "5\" nail"]),
            row(7, &["4", ""]),
        ]
    );
}

#[test]
fn a_quote_that_is_never_closed_costs_one_line() {
    let mut file = b"id,title\n1,\"Lamp\n2,Desk\n3,\"Chair\"\n".to_vec();
    let expected =
        [Err((2, "row has a quote that is never closed".to_owned())), row(3, &["2", "Desk"]), row(4, &["3", "Chair"])];
    assert_eq!(rows(Format::Csv, &file), expected);
    let line = b"9,plain\n";
    file.extend(line.repeat(2 * MAX_ROW_BYTES / line.len()));
    let many = rows(Format::Csv, &file);
    assert_eq!(many[..3], expected);
    assert!(many[3..].iter().all(Result::is_ok));
    assert_eq!(many.len(), 3 + 2 * MAX_ROW_BYTES / line.len());
}

#[test]
fn tsv_quotes_are_text_unless_they_wrap_a_cell() {
    let file = b"id\ttitle\n1\t\"Mirror \"\"Glamour\"\"\"\n2\t\"Tea\" set\n3\t5\" nail\n4\t\"a\"b\"\n5\t\"\n";
    assert_eq!(
        rows(Format::Tsv, file),
        [
            row(2, &["1", "Mirror \"Glamour\""]),
            row(3, &["2", "\"Tea\" set"]),
            row(4, &["3", "5\" nail"]),
            row(5, &["4", "\"a\"b\""]),
            row(6, &["5", "\""]),
        ]
    );
}

#[test]
fn broken_rows_name_the_field_and_leave_the_others_alone() {
    let mut file = b"id\ttitle\n1\tLamp\xff\n2\tDesk\tx\n\xc3\t\xa9\n".to_vec();
    file.extend(b"x".repeat(MAX_ROW_BYTES + 10));
    file.extend(b"\n5\t");
    file.extend(b"y".repeat(MAX_CELL_BYTES + 1));
    file.extend(b"\n6\tChair");
    assert_eq!(
        rows(Format::Tsv, &file),
        [
            Err((2, "title is not valid UTF-8".to_owned())),
            Err((3, "row has 3 cells where the header has 2".to_owned())),
            Err((4, "id is not valid UTF-8".to_owned())),
            Err((5, "row is longer than 262144 bytes".to_owned())),
            Err((6, "title is longer than 65536 bytes".to_owned())),
            row(7, &["6", "Chair"]),
        ]
    );
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_as_it_was(
        table in prop::collection::vec(prop::collection::vec("[a-z,\" \n]{0,6}x", 3), 1..6)
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let file = writer.into_inner().unwrap();
        let read: Vec<Vec<String>> =
            rows(Format::Csv, &file).into_iter().map(|row| row.map(|(_, cells)| cells).unwrap_or_default()).collect();
        prop_assert_eq!(read, table);
    }

    #[test]
    fn any_bytes_are_rows(file in prop::collection::vec(any::<u8>(), 0..200)) {
        let lines = file.split(|byte| *byte == b'\n').count();
        prop_assert!(rows(Format::Csv, &file).len() <= lines);
        prop_assert!(rows(Format::Tsv, &file).len() <= lines);
    }
}
