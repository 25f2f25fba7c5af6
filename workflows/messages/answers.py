"""What a short answer means, in any of our languages: fine, call me, not safe, no more messages. Pure.

Only a whole message that is exactly one of these words means it; whatever else somebody writes, a person reads.
"""

import unicodedata
from collections.abc import Mapping

FINE, CALL_ME, UNSAFE, STOP, OTHER = "fine", "call_me", "unsafe", "stop", "other"
SAME_LETTER = str.maketrans({"ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ئ": "ی"})

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    FINE: {
        "any": ("1",),
        "en": ("fine", "I am fine", "well", "I am well", "I'm well", "I'm fine", "good", "ok", "okay"),
        "tr": ("iyi", "iyiyim", "ben iyiyim", "tamam"),
        "ar": ("بخير", "أنا بخير", "الحمد لله"),
        "fa": ("خوب", "خوبم", "من خوبم"),
        "ru": ("хорошо", "всё хорошо", "у меня всё хорошо", "нормально"),
        "fr": ("bien", "je vais bien", "ça va", "tout va bien"),
        "uz": ("yaxshi", "yaxshiman", "hammasi yaxshi"),
        "ur": ("ٹھیک", "ٹھیک ہوں", "میں ٹھیک ہوں"),
    },
    CALL_ME: {
        "any": ("2",),
        "en": ("call", "call me", "please call me"),
        "tr": ("ara", "arayın", "beni ara", "beni arayın", "lütfen beni arayın"),
        "ar": ("اتصلوا بي", "اتصل بي", "أرجو الاتصال بي"),
        "fa": ("زنگ بزنید", "به من زنگ بزنید", "لطفاً به من زنگ بزنید", "تماس بگیرید"),
        "ru": ("позвоните", "позвоните мне", "перезвоните"),
        "fr": ("appelez", "appelez-moi", "rappelez-moi"),
        "uz": ("qo‘ng‘iroq qiling", "menga qo‘ng‘iroq qiling"),
        "ur": ("فون کریں", "مجھے فون کریں", "کال کریں"),
    },
    UNSAFE: {
        "any": ("3", "sos"),
        "en": ("help", "help me", "I need help", "not safe", "I am not safe", "unsafe"),
        "tr": ("yardım", "yardım edin", "yardıma ihtiyacım var", "imdat", "güvende değilim"),
        "ar": ("مساعدة", "أحتاج إلى مساعدة", "ساعدوني", "النجدة", "لست بأمان"),
        "fa": ("کمک", "کمک کنید", "کمک لازم دارم", "در امان نیستم"),
        "ru": ("помощь", "помогите", "мне нужна помощь", "я не в безопасности"),
        "fr": ("aide", "aidez-moi", "j'ai besoin d'aide", "au secours", "je ne suis pas en sécurité"),
        "uz": ("yordam", "yordam kerak", "yordam bering", "xavfsiz emasman"),
        "ur": ("مدد", "مدد کریں", "مجھے مدد چاہیے", "میں محفوظ نہیں ہوں"),
    },
    STOP: {
        "any": ("stop", "stopall", "unsubscribe", "cancel", "end", "quit"),
        "en": ("stop all", "no more messages", "do not write"),
        "tr": ("dur", "durdur", "durdurun", "iptal", "yazmayın", "mesaj göndermeyin"),
        "ar": ("توقف", "أوقف", "إيقاف", "قف", "لا ترسلوا رسائل"),
        "fa": ("لغو", "پیام نفرستید", "پیام ندهید"),
        "ru": ("стоп", "остановить", "не пишите", "не пишите мне"),
        "fr": ("arrêt", "arrêter", "arrêtez", "n'écrivez plus"),
        "uz": ("to‘xtat", "to‘xtating", "yozmang"),
        "ur": ("روکیں", "بند کریں", "پیغام نہ بھیجیں"),
    },
}  # fmt: skip


def folded(text: str) -> str:
    """A message as it was meant, whatever the keyboard: letters without marks, digits of any script, no punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(SAME_LETTER))
    return " ".join("".join(map(plain, letters)).translate(SAME_LETTER).split())


def plain(letter: str) -> str:
    """One letter of it: a digit of any script as ours, a hyphen as a space, other signs as nothing."""
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    if kind in ("Pd", "Zs", "Cc"):
        return " "
    return letter if kind[0] in "LN" and kind != "Lm" else ""


MEANINGS: Mapping[str, str] = {
    folded(word): meaning for meaning, spoken in WORDS.items() for words in spoken.values() for word in words
}


def meaning_of(text: str) -> str:
    """What a message means; ``other`` when it is not exactly one of the words."""
    return MEANINGS.get(folded(text), OTHER)
