//! What a browser makes of the page, with scripts and without.

use crate::Page;
use crate::browser::{Browser, address};

/// The rows that are shown, a text each: the cells with bars between them.
const ROWS: &str = "[...document.querySelectorAll('#rows tbody tr')].filter(row => row.offsetParent)\
                    .map(row => [...row.cells].map(cell => cell.textContent.trim()).join('|'))";
/// The connections in full that are shown.
const IN_FULL: &str = "[...document.querySelectorAll('details.connection')].filter(one => one.offsetParent)\
                       .map(one => one.querySelector('b').textContent)";

fn column(rows: &[String], nth: usize) -> Vec<&str> {
    rows.iter()
        .map(|row| row.split('|').nth(nth).unwrap())
        .collect()
}

#[test]
fn it_opens_without_errors_and_asks_for_nothing() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    for options in [&["--lang", "en"], &["--lang", "zh"]] {
        let page = Page::of_all(options);
        for do_run in [true, false] {
            browser.run_scripts(do_run);
            browser.open(&page.path(), "");
            assert!(browser.texts(ROWS).len() > 30);
            assert_eq!(browser.errors(), [""; 0]);
            assert_eq!(browser.requests(), [address(&page.path())]);
        }
    }
}

#[test]
fn it_lets_nothing_else_be_loaded_or_run() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of(&["hello.pcap"], &[]);
    browser.open(&page.path(), "");
    let refused = |attempt: &str| {
        format!(
            "new Promise(done => {{ \
             document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective)); \
             {attempt}; setTimeout(() => done('nothing'), 2000); }})"
        )
    };
    let fetch = refused("fetch('http://127.0.0.1:9/').catch(() => 0)");
    assert_eq!(browser.value(&fetch), "connect-src");
    browser.open(&page.path(), "");
    let image = refused("new Image().src = 'http://127.0.0.1:9/'");
    assert_eq!(browser.value(&image), "img-src");
    browser.open(&page.path(), "");
    let script = refused(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1'; \
         document.body.append(script)",
    );
    assert_eq!(browser.value(&script), "script-src-elem");
    assert_eq!(browser.value("window.ran === undefined"), true);
}

#[test]
fn a_heading_sorts_and_the_address_says_how() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of_all(&[]);
    browser.open(&page.path(), "");
    let as_written = browser.texts(ROWS);
    let click = "document.querySelectorAll('#rows th button')[3].click(); location.hash";
    assert_eq!(browser.value(click), "#sort=3-");
    let falling = browser.texts(ROWS);
    // The longest: a minute and two seconds; in another unit than all others.
    assert_eq!(column(&falling, 3)[..2], ["1 min 2.0 s", "5.976 s"]);
    assert_eq!(browser.value(click), "#sort=3");
    let rising = browser.texts(ROWS);
    assert_eq!(column(&rising, 3)[..2], ["0 µs", "15 µs"]);
    let sorted = "document.querySelector('#rows [aria-sort]').textContent \
                  + document.querySelector('#rows [aria-sort]').ariaSort";
    assert_eq!(browser.value(sorted), "durationascending");
    browser.open(&page.path(), "#sort=3-");
    assert_eq!(browser.texts(ROWS), falling);
    browser.open(&page.path(), "#sort=0");
    assert_eq!(browser.texts(ROWS), as_written);
}

#[test]
fn a_verdicts_button_leaves_its_connections() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of_all(&[]);
    browser.open(&page.path(), "");
    let all = browser.texts(ROWS).len();
    let button = "document.querySelector('#choices [data-verdict=reset]')";
    let click =
        format!("{button}.click(); [location.hash, {button}.textContent, {button}.ariaPressed]");
    let [hash, label, pressed] = browser.texts(&click).try_into().unwrap();
    assert_eq!(
        (hash.as_str(), pressed.as_str()),
        ("#verdict=reset", "true")
    );
    let rows = browser.texts(ROWS);
    assert!(column(&rows, 10).iter().all(|verdict| *verdict == "reset"));
    assert_eq!(label, format!("reset {}", rows.len()));
    assert!(rows.len() > 2 && rows.len() < all);
    let numbers: Vec<_> = column(&rows, 0)
        .iter()
        .map(|number| format!("#{number}"))
        .collect();
    assert_eq!(browser.texts(IN_FULL), numbers);
    let shown = browser.value("document.getElementById('shown').textContent");
    assert_eq!(shown, format!("{} of {all}", rows.len()));
    browser.open(&page.path(), "#verdict=reset");
    assert_eq!(browser.texts(ROWS), rows);
    let all_again = "document.querySelector('#choices button').click()";
    browser.value(all_again);
    assert_eq!(browser.texts(ROWS).len(), all);
}

#[test]
fn the_search_looks_in_all_columns_for_all_words() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of_all(&[]);
    browser.open(&page.path(), "");
    let search = "new Promise(done => { const find = document.getElementById('find'); \
                  find.value = '10.0.1.2 VANISHED'; find.dispatchEvent(new Event('input')); \
                  setTimeout(() => done(location.hash), 400); })";
    assert_eq!(browser.value(search), "#find=10.0.1.2%20VANISHED");
    let rows = browser.texts(ROWS);
    assert_eq!(column(&rows, 10), ["vanished"]);
    let press = |key: &str| {
        format!(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))"
        )
    };
    browser.value(&press("Escape"));
    assert!(browser.texts(ROWS).len() > 30);
    browser.value(&press("/"));
    assert_eq!(browser.value("document.activeElement.id"), "find");
    browser.value("document.activeElement.blur()");
    for expected in ["#0", "#1"] {
        browser.value(&press("j"));
        let focus = browser.value("document.activeElement.querySelector('b').textContent");
        assert_eq!(focus, expected);
    }
}

#[test]
fn a_link_opens_its_connection_with_scripts_and_without() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of_all(&[]);
    for do_run in [true, false] {
        browser.run_scripts(do_run);
        browser.open(&page.path(), "#c5");
        let open = "[...document.querySelectorAll('details[open] b')].map(one => one.textContent)";
        assert_eq!(browser.texts(open), ["#5"], "with scripts: {do_run}");
    }
}

#[test]
fn a_frame_in_a_sentence_leads_to_its_segment_and_its_marks() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of(&["lost.pcap"], &[]);
    browser.open(&page.path(), "");
    let follow = "new Promise(done => { const link = document.querySelector('.inside pre a[href^=\"#f\"]'); \
                  link.click(); setTimeout(() => done([location.hash, \
                  ...[...document.querySelectorAll('.hit')].map(hit => hit.id || hit.dataset.frame)]), 200); })";
    let came = browser.texts(follow);
    let frame = came[0].strip_prefix("#f").unwrap();
    assert_eq!(came.last().unwrap(), &format!("f{frame}"), "{came:?}");
    assert!(
        came[1..]
            .iter()
            .all(|hit| hit.trim_start_matches('f') == frame),
        "{came:?}"
    );
}

#[test]
fn without_scripts_everything_is_there_and_nothing_pretends_to_work() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of_all(&[]);
    browser.run_scripts(false);
    browser.open(&page.path(), "");
    let in_full = browser.texts(IN_FULL).len();
    assert_eq!(in_full, browser.texts(ROWS).len());
    let reports =
        browser.texts("[...document.querySelectorAll('.inside pre')].map(one => one.textContent)");
    assert_eq!(reports.len(), in_full);
    assert!(
        reports
            .iter()
            .all(|report| report.contains("states at the end"))
    );
    let dead = "[...document.querySelectorAll('button, #find')].filter(one => one.offsetParent && !one.disabled)\
                .map(one => one.textContent)";
    assert_eq!(browser.texts(dead), [""; 0]);
}

#[test]
fn the_switch_turns_light_to_dark_without_scripts() {
    let Some(mut browser) = Browser::start() else {
        return;
    };
    let page = Page::of(&["hello.pcap"], &[]);
    browser.run_scripts(false);
    browser.open(&page.path(), "");
    let ground = "getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.value(ground), "rgb(255, 255, 255)");
    browser.value("document.getElementById('turn').checked = true");
    assert_eq!(browser.value(ground), "rgb(20, 24, 29)");
}
