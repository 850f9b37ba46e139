//! Complete replies with a status that tells, or hides, what is wrong: API, web app, edge and gateways.

use super::{Effect, Fault, Group, Headers, Locus, Reply};

/// A page as nginx writes it.
macro_rules! html_page {
    ($title:literal, $text:literal) => {
        concat!(
            "<html>\r\n<head><title>",
            $title,
            "</title></head>\r\n<body>\r\n<center><h1>",
            $title,
            "</h1></center>\r\n",
            $text,
            "<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"
        )
    };
}

/// A page as the edge writes it when the provider's own servers fail.
macro_rules! edge_page {
    ($code:literal, $what:literal) => {
        concat!(
            "<!DOCTYPE html>\n<html class=\"no-js\" lang=\"en-US\">\n<head><title>api.openai.com | ", $code, ": ", $what,
            "</title><meta name=\"robots\" content=\"noindex, nofollow\"></head>\n<body><div id=\"cf-wrapper\">\
             <div id=\"cf-error-details\"><h1><span>", $what, "</span> <span>Error code ", $code, "</span></h1>\
             <div>Visit cloudflare.com for more information.</div>\
             <div>Cloudflare Ray ID: <strong>{ray}</strong></div></div></div></body>\n</html>\n"
        )
    };
}

mod account;
mod gateway;
mod provider;
mod request;

/// The catalogue of complete replies, one table a group.
pub(super) const FAULTS: [&[Fault]; 4] =
    [account::FAULTS, request::FAULTS, provider::FAULTS, gateway::FAULTS];

impl Fault {
    const fn reply(
        group: Group,
        name: &'static str,
        cause: &'static str,
        about: &'static str,
        reply: Reply,
    ) -> Self {
        Self { name, group, cause, about, effect: Effect::Reply(reply) }
    }
}

impl Reply {
    /// The same reply with these headers as well.
    const fn with(self, headers: Headers) -> Self {
        Self { headers, ..self }
    }
}

const fn api(status: u16, body: &'static str) -> Reply {
    Reply { status, locus: Locus::Api, headers: &[], body }
}

const fn web_app(status: u16, body: &'static str) -> Reply {
    Reply { status, locus: Locus::WebApp, headers: &[], body }
}

const fn edge(status: u16, body: &'static str) -> Reply {
    Reply { status, locus: Locus::Edge, headers: &[], body }
}

const fn gateway(status: u16, body: &'static str) -> Reply {
    Reply { status, locus: Locus::Gateway, headers: &[], body }
}

const fn text(status: u16, body: &'static str) -> Reply {
    Reply { status, locus: Locus::Text, headers: &[], body }
}
