//! Replies of a machine on the way that answers in the service's stead.

use super::{api, edge, gateway};
use crate::faults::Fault;
use crate::faults::Group::Gateway;

/// The rows of this group.
pub(super) const FAULTS: &[Fault] = &[
    Fault::reply(
        Gateway,
        "bad_gateway",
        "bad_gateway",
        "502 from a gateway.",
        gateway(502, html_page!("502 Bad Gateway", "")),
    ),
    Fault::reply(
        Gateway,
        "no_upstream",
        "service_unavailable",
        "503 from a gateway with nothing behind it.",
        gateway(503, html_page!("503 Service Temporarily Unavailable", "")),
    ),
    Fault::reply(
        Gateway,
        "gateway_timeout",
        "gateway_timeout",
        "504 from a gateway.",
        gateway(504, html_page!("504 Gateway Time-out", "")),
    ),
    Fault::reply(
        Gateway,
        "edge_502",
        "bad_gateway",
        "502 from the edge.",
        edge(502, edge_page!("502", "Bad gateway")),
    ),
    Fault::reply(
        Gateway,
        "edge_520",
        "origin_unreachable",
        "520: the origin's answer made no sense.",
        edge(520, edge_page!("520", "Web server is returning an unknown error")),
    ),
    Fault::reply(
        Gateway,
        "edge_521",
        "origin_unreachable",
        "521: the origin is down.",
        edge(521, edge_page!("521", "Web server is down")),
    ),
    Fault::reply(
        Gateway,
        "edge_522",
        "origin_unreachable",
        "522: the origin does not take connections.",
        edge(522, edge_page!("522", "Connection timed out")),
    ),
    Fault::reply(
        Gateway,
        "edge_523",
        "origin_unreachable",
        "523: no route to the origin.",
        edge(523, edge_page!("523", "Origin is unreachable")),
    ),
    Fault::reply(
        Gateway,
        "edge_524",
        "origin_timeout",
        "524: the origin did not answer in time.",
        edge(524, edge_page!("524", "A timeout occurred")),
    ),
    Fault::reply(
        Gateway,
        "edge_525",
        "origin_unreachable",
        "525: the edge cannot speak TLS to the origin.",
        edge(525, edge_page!("525", "SSL handshake failed")),
    ),
    Fault::reply(
        Gateway,
        "edge_526",
        "origin_unreachable",
        "526: the origin's certificate is bad.",
        edge(526, edge_page!("526", "Invalid SSL certificate")),
    ),
    Fault::reply(
        Gateway,
        "captive_portal",
        "captive_portal",
        "200: a Wi-Fi sign-in page instead of the answer.",
        gateway(
            200,
            "<!DOCTYPE html><html><head><title>Wi-Fi sign-in</title></head><body><h1>Welcome to Hotel Wi-Fi</h1>\
         <form action=\"/login\"><label>Room <input name=\"room\"></label><button>Connect to the Internet</button></form></body></html>",
        ),
    ),
    Fault::reply(
        Gateway,
        "captive_redirect",
        "captive_portal",
        "302 to a Wi-Fi sign-in page.",
        gateway(302, "").with(&[("location", "/portal")]),
    ),
    Fault::reply(
        Gateway,
        "html_reply",
        "unexpected_reply",
        "200: a page of HTML where JSON belongs.",
        gateway(
            200,
            "<!DOCTYPE html><html><head><title>It works</title></head><body><h1>Welcome</h1></body></html>",
        ),
    ),
    Fault::reply(
        Gateway,
        "empty_body",
        "unexpected_reply",
        "200 with nothing in it.",
        api(200, ""),
    ),
    Fault::reply(
        Gateway,
        "broken_json",
        "unexpected_reply",
        "200 with half a JSON object.",
        api(200, r#"{"id":"chatcmpl-{serial}","choices":[{"mess"#),
    ),
    Fault::reply(
        Gateway,
        "false_gzip",
        "unexpected_reply",
        "200 that claims gzip and is plain text.",
        api(200, r#"{"ok":true}"#).with(&[("content-encoding", "gzip")]),
    ),
    Fault::reply(
        Gateway,
        "redirect_loop",
        "bad_address",
        "307 that leads back to itself for ever.",
        gateway(307, "").with(&[("location", "/fault/redirect_loop{path}?turn={serial}")]),
    ),
    Fault::reply(
        Gateway,
        "redirect_unsafe",
        "bad_address",
        "302 to a file on this machine.",
        gateway(302, "").with(&[("location", "file:///etc/hostname")]),
    ),
];
