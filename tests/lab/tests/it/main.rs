//! The lab, driven as tests and the demo drive it: started as a process, watched on the wire.

#[cfg(test)]
mod api;
#[cfg(test)]
mod client;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod sinks;
#[cfg(test)]
mod transport;
