//! The names that secrets and personal numbers stand under, in Latin letters: headers, fields, flags, and the words of
//! eighteen languages. Other scripts are in `secret_words`.

use std::sync::OnceLock;

/// What a name says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Authorization`: a scheme, then the credential.
    Credential,
    /// `Cookie`, `Set-Cookie`: everything to the end of the line.
    Cookies,
    /// A cookie by its own name.
    Cookie,
    /// Secret whatever it looks like.
    Password,
    /// Secret unless it reads like a word, since error texts name such fields too.
    Key,
    /// A header or setting that carries nothing but a key, however short.
    Header,
    /// So common a name that the value itself must look like a secret.
    Weak,
    /// A code that is used once, or a PIN: digits.
    Code,
    /// A person's name, number or chat.
    Person,
    /// A phone number.
    Phone,
    /// A number that an authority or a bank gave to a person.
    Number,
}

/// Endings of names, without case, accents and punctuation.
const ENDINGS: &[(Kind, &str)] = &[
    (Kind::Credential, "authorization"),
    (Kind::Cookies, "cookie cookie2"),
    (Kind::Cookie, "sessiontoken cfclearance cfbm cuser datr sessionid phpsessid connectsid"),
    (
        Kind::Password,
        "password passwd passphrase passcode passwrd sshpass rootpass requirepass identifiedby katasandinya sandinya \
         sifrem passwordnya hasla haslem codicediaccesso codigodeacceso codedacces zugangscode \
         pwd secret secretkey privatekey storepass keypass userpass dbpass passwort kennwort \
         passwoerter motdepasse mdp contrasena contrasenya senha palavrapasse parolachiave \
         wachtwoord losenord haslo heslo sifre sifreniz sifresi katasandi matkhau passord \
         adgangskode salasana parolaoperatore losen paswoord",
    ),
    (
        Kind::Header,
        "xapikey xgoogapikey xiapikey xauthtoken xauthkey xaccesstoken xvaulttoken \
         xamzsecuritytoken xgitlabtoken xfunctionskey xapitoken xtoken xsecret xcsrftoken \
         xxsrftoken xplextoken xapisecret xhubsignature xsubscriptiontoken apimsubscriptionkey \
         accessclientsecret privatetoken jobtoken xusertoken xshopifyaccesstoken ddapikey \
         ddapplicationkey xrapidapikey",
    ),
    (
        Kind::Key,
        "apikey accesskey accesskeyid accountkey appkey applicationkey authkey credential \
         credentials encryptionkey integrationkey jwt licensekey masterkey routingkey \
         servicekey sessionkey sharedkey signature signingkey subscriptionkey token webhook \
         webhookurl privatekeyid apischlussel schlussel zugangsschlussel geheimnis cleapi \
         cledapi cledacces clesecrete clavedeapi claveapi clavesecreta clavedeacceso chaveapi \
         chavedeapi chavedaapi chavesecreta chavedeacesso chiaveapi chiavesegreta \
         chiavediaccesso apisleutel apinyckel hemlignyckel kluczapi kluczdostepu apiklic \
         klicapi apianahtari anahtar kunciapi kuncirahasia khoaapi khoabimat jeton jetondacces \
         tokenacces seedphrase recoverycode recoverycodes backupcode connectionstring",
    ),
    (
        Kind::Code,
        "otp onetimecode onetimepassword verificationcode securitycode logincode signincode \
         2facode mfacode smscode authcode confirmationcode pincode cvv cvv2 cvc accesscode \
         bestatigungscode sicherheitscode codigodeverificacion codigodeverificacao \
         codigodeseguridad codedeverification codedesecurite codicediverifica kodweryfikacyjny \
         overovacikod verificatiecode verifieringskod dogrulamakodu kodeverifikasi kodeotp \
         maxacnhan maxacminh maotp maotpla",
    ),
    (
        Kind::Person,
        "chatid userid username contactname benutzername nombredeusuario nomdutilisateur \
         gebruikersnaam kullaniciadi",
    ),
    (
        Kind::Phone,
        "phone phonenumber phoneno mobile mobilenumber mobileno msisdn telephone cellphone \
         telefon telefonnummer rufnummer handynummer mobilnummer telefono telefone celular \
         movil telemovel portable cellulare telefoon telefoonnummer mobielnummer telefonu \
         telefonszam telepon nomorhp nomortelepon nohp ceptelefonu dienthoai sodienthoai \
         numerodetelephone faxnumber whatsappnumber calleridnumber",
    ),
    (
        Kind::Number,
        "ssn socialsecurity socialsecuritynumber socialsecurityno nationalinsurance \
         nationalinsurancenumber nationalinsuranceno aadhaar aadhar aadhaarnumber aadhaarno \
         passport passportnumber passportno passportid reisepass reisepassnummer passnummer \
         ausweisnummer personalausweis numerodepassaporte pasaporte numerodepasaporte passeport \
         numerodepasseport passaporto passaporte paszport nationalid nationalidnumber \
         identitynumber idcardnumber taxid taxidnumber taxnumber steuerid steuernummer \
         steueridentifikationsnummer sozialversicherungsnummer codicefiscale partitaiva \
         numerodesecuritesociale securitesociale pesel bsn burgerservicenummer personnummer \
         rodnecislo tckimlik tckimlikno kimlikno cccd cmnd cedula curp driverslicense \
         driverslicence drivinglicence driverslicensenumber licenceno fuhrerscheinnummer \
         accountnumber accountno routingnumber sortcode kontonummer numerodecuenta \
         numerodecompte numeroconto rekeningnummer numerkonta cisloucta iban cardnumber \
         creditcard kartennummer numerodetarjeta numerodecarte nomorrekening nomorktp \
         sotaikhoan nhsnumber medicarenumber nationalcode numerodecontribuinte hesapno",
    ),
];

/// Whole names: too short or too common to be looked for at the end of longer ones.
const NAMES: &[(Kind, &str)] = &[
    (Kind::Cookie, "sid xs puid"),
    (Kind::Header, "apikey"),
    (Kind::Key, "sig bearer chave pass"),
    (Kind::Password, "sandi clave parola pw codepin wifikey wpapsk psk"),
    (Kind::Weak, "key auth k"),
    (Kind::Code, "pin tan csc"),
    (Kind::Phone, "tel tlf fax cell handy mobil gsm hp sdt cep telnr tfno telf mob"),
    (
        Kind::Number,
        "nino nric cpf cnpj dni nie nif nik ktp rg rut sin tin nir tckn vat pan ahv inn snils",
    ),
];

/// Names of several words, which a text may write apart.
const APART: &str = "apikey accesstoken accesskey secretkey authtoken privatekey sessiontoken refreshtoken \
    licensekey masterkey signingkey encryptionkey";

/// `invalid_api_key: …` and `missing token: …` are talk about a field; `ratelimit-…-token: …` is a count.
const TALK: &[&str] =
    &["invalid", "incorrect", "missing", "no", "expired", "wrong", "unexpected", "bad"];

/// The longest of `NAMES`.
const LONGEST_NAME: usize = 8;

/// The longest ending, with room for what separates its words.
const LONGEST: usize = 40;

/// The kind of the name that `bytes` ends with. The name itself begins at `start`; what stands before it may belong to
/// it where several words are one name.
pub(super) fn kind(bytes: &[u8], start: usize) -> Option<Kind> {
    let raw = &bytes[start.max(bytes.len().saturating_sub(48))..];
    if raw.starts_with(b"__Secure-") || raw.starts_with(b"__Host-") {
        return Some(Kind::Cookie);
    }
    let plain = simplify(raw);
    // A cookie too long for one is cut into `name.0`, `name.1`.
    let whole = plain.trim_end_matches(|char: char| char.is_ascii_digit());
    if whole.ends_with("sessiontoken") || whole.ends_with("authtoken") && whole != plain {
        return Some(Kind::Cookie);
    }
    // `DB_PASS`, `smtpPass`
    let pass = raw.len() > 5 && plain.ends_with("pass");
    let before = raw[..raw.len().saturating_sub(4)].last().copied().unwrap_or(b' ');
    if pass && (b"_-.".contains(&before) || raw.ends_with(b"Pass") && before.is_ascii_lowercase()) {
        return Some(Kind::Password);
    }
    if let Some(kind) = apart(bytes, start) {
        return Some(kind);
    }
    if TALK.iter().any(|word| plain.starts_with(word))
        || plain.contains("limit")
        || plain.ends_with("issn")
    {
        return None;
    }
    named(&plain)
}

fn named(plain: &str) -> Option<Kind> {
    let is_name =
        |(kind, names): &(Kind, &str)| names.split(' ').any(|name| name == plain).then_some(*kind);
    // The longest ending says most: `access-token` is more than a token.
    let longest = endings(plain).filter(|(_, ending)| plain.ends_with(ending));
    let short = plain.len() <= LONGEST_NAME;
    short
        .then(|| NAMES.iter().find_map(is_name))
        .flatten()
        .or_else(|| longest.max_by_key(|(_, ending)| ending.len()).map(|(kind, _)| kind))
}

/// The endings that share their last letter with `plain`. Most names of a text end on another.
fn endings(plain: &str) -> impl Iterator<Item = (Kind, &'static str)> {
    static BY_LAST: OnceLock<Vec<Vec<(Kind, &'static str)>>> = OnceLock::new();
    let by_last = BY_LAST.get_or_init(|| {
        let mut by_last = vec![Vec::new(); 256];
        for (kind, endings) in ENDINGS {
            for ending in endings.split(' ') {
                by_last[usize::from(ending.as_bytes()[ending.len() - 1])].push((*kind, ending));
            }
        }
        by_last
    });
    let last = plain.as_bytes().last().copied().unwrap_or_default();
    by_last[usize::from(last)].iter().copied()
}

/// The kind of a name whose words are written apart: `API key`, `mot de passe`, `social security number`.
fn apart(bytes: &[u8], start: usize) -> Option<Kind> {
    let before = bytes.get(start.checked_sub(1)?)?;
    if !matches!(before, b' ' | b'\'') {
        return None;
    }
    let mut words = simplify(&bytes[start..]);
    let mut end = start;
    for _ in 0..3 {
        let gap = bytes[..end].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\'')).count();
        let word = bytes[..end - gap]
            .iter()
            .rev()
            .take(16)
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
            .count();
        if gap == 0 || word == 0 || words.len() > LONGEST {
            return None;
        }
        end -= gap + word;
        words = simplify(&bytes[end..end + word]) + &words;
        let is_apart = APART.split(' ').any(|name| name == words)
            || endings(&words).any(|(_, ending)| ending == words);
        if is_apart {
            return named(&words);
        }
    }
    None
}

fn simplify(name: &[u8]) -> String {
    let plain = name.iter().filter(|byte| byte.is_ascii_alphanumeric());
    plain.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}
