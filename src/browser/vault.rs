//! Keys at rest: encrypted with AES-GCM under a key that the browser holds and never gives out.
//!
//! This keeps a key from other contexts, from backups and from a search through the profile's files. It does not
//! keep it from malware that runs as the person: nothing in a browser profile can.

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    AesGcmParams, AesKeyGenParams, CryptoKey, IdbDatabase, IdbOpenDbRequest, IdbRequest,
    IdbTransactionMode,
};

use super::{chrome, resolved, scope};

const DATABASE: &str = "vault";
const STORE: &str = "keys";
const MASTER: &str = "master";
const IV_BYTES: u32 = 12;

/// Keeps the key of a source; an empty one is forgotten.
pub(super) async fn keep(source: &str, key: &str) -> Result<(), JsValue> {
    let sealed = if key.is_empty() { JsValue::NULL } else { seal(key).await? };
    resolved(chrome::local_set(&chrome::entry(&entry_name(source), &sealed))).await.map(drop)
}

/// The key of a source, if one is kept and can be read.
pub(super) async fn key(source: &str) -> Option<String> {
    let name = entry_name(source);
    let items = resolved(chrome::local_get(&name)).await.ok()?;
    let sealed = Reflect::get(&items, &name.into()).ok()?;
    if sealed.is_falsy() {
        return None;
    }
    unseal(&Array::from(&sealed)).await.ok()
}

fn entry_name(source: &str) -> String {
    format!("key:{source}")
}

/// Initialisation vector and ciphertext in one array of bytes, which the storage areas can hold.
async fn seal(key: &str) -> Result<JsValue, JsValue> {
    let iv = Uint8Array::new_with_length(IV_BYTES);
    crypto()?.get_random_values_with_array_buffer_view(&iv)?;
    let parameters = AesGcmParams::new("AES-GCM", &iv);
    let plain = Uint8Array::from(key.as_bytes());
    let sealing = crypto()?.subtle().encrypt_with_object_and_buffer_source(
        &parameters,
        &master().await?,
        &plain,
    )?;
    let sealed = Uint8Array::new(&resolved(sealing).await?);
    Ok(Array::from(&iv).concat(&Array::from(&sealed)).into())
}

async fn unseal(bytes: &Array) -> Result<String, JsValue> {
    let iv = Uint8Array::new(&bytes.slice(0, IV_BYTES));
    let sealed = Uint8Array::new(&bytes.slice(IV_BYTES, bytes.length()));
    let parameters = AesGcmParams::new("AES-GCM", &iv);
    let opening = crypto()?.subtle().decrypt_with_object_and_buffer_source(
        &parameters,
        &master().await?,
        &sealed,
    )?;
    let plain = Uint8Array::new(&resolved(opening).await?).to_vec();
    String::from_utf8(plain).map_err(|_| "the kept key is damaged: paste it again".into())
}

/// The browser's own key for ours: made once, not extractable, kept in IndexedDB.
async fn master() -> Result<CryptoKey, JsValue> {
    let database = open().await?;
    let store = |mode| database.transaction_with_str_and_mode(STORE, mode)?.object_store(STORE);
    let known = done(&store(IdbTransactionMode::Readonly)?.get(&MASTER.into())?).await?;
    if let Ok(key) = known.dyn_into::<CryptoKey>() {
        return Ok(key);
    }
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let making = crypto()?.subtle().generate_key_with_object(
        &AesKeyGenParams::new("AES-GCM", 256),
        false,
        &uses,
    )?;
    let key: CryptoKey = resolved(making).await?.unchecked_into();
    done(&store(IdbTransactionMode::Readwrite)?.put_with_key(&key, &MASTER.into())?).await?;
    Ok(key)
}

async fn open() -> Result<IdbDatabase, JsValue> {
    let factory = scope()
        .indexed_db()?
        .ok_or_else(|| JsValue::from("this browser profile keeps no databases"))?;
    let request: IdbOpenDbRequest = factory.open(DATABASE)?;
    let upgraded = request.clone();
    let create = Closure::once_into_js(move || {
        if let Ok(database) = upgraded.result() {
            // Fails only when the store is there already, which is what is wanted.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(STORE);
        }
    });
    request.set_onupgradeneeded(Some(create.unchecked_ref()));
    Ok(done(&request).await?.unchecked_into())
}

async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let finished = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    resolved(finished).await?;
    request.result()
}

fn crypto() -> Result<web_sys::Crypto, JsValue> {
    scope().crypto()
}
