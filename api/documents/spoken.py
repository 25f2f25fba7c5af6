"""The words of the declaration and the consents, in plain English (domain.md §1.5). The catalogues translate them."""


def N_(text: str) -> str:  # noqa: N802  gettext's own name for a text that is translated where it is shown
    """Mark a text for the catalogues."""
    return text


DECLARATION = (
    N_("I want to travel to the country named above. I decided this myself. Nobody has forced me, threatened me or "
       "promised me anything so that I say yes."),
    N_("I was told, in a language that I understand, which other ways there are for me: to stay, to put my stay in "
       "order, to ask for international protection, or to go to a third country that lets me live there. I could ask "
       "questions, and I had time to think."),
    N_("I was told what is known about the place I am going to and about dangers there, which support I can get "
       "after the arrival, and on what it depends."),
    N_("I was told whether I may be barred from entering Türkiye again, and that leaving can end a request for "
       "protection that I have made here."),
    N_("I can change my mind at any time until I board, without giving a reason. It is enough to tell anybody who "
       "works here, or at the airport. I will not be punished for it, and we will talk about what I need then."),
    N_("For children who travel in my care I speak as well. Each child was asked what it wants, in words that fit its "
       "age."),
    N_("To arrange the journey, the airline, the consulate and the offices at the border get those of my data that "
       "each of them needs, and nothing about what I have lived through. Anybody else gets my data only if I agree "
       "separately."),
    N_("I get a copy of this paper if I want one. I do not have to keep it or carry it with me if that could be "
       "dangerous for me."),
    N_("If something is wrong, I can tell the person who advises me, anybody else who works here, or make a complaint "
       "without giving my name. A complaint never makes my situation worse."),
)  # fmt: skip

DATA = (
    N_("We would like to write down what you tell us about yourself, your family, your papers, your health and what "
       "you have lived through: only what is needed to help you."),
    N_("We use it to advise you, to keep you safe, to prepare your journey or your stay together with you, and to ask "
       "you afterwards how you are. We use it for nothing else."),
    N_("You decide freely. You need not answer a question that you do not want to answer. If you say no, we keep no "
       "file about you, and still tell you where else you can find help."),
    N_("Only those who work on your case read it, and each of them only what they need. Whoever reads about your "
       "health or what you have lived through leaves a trace that is checked. The data are kept encrypted."),
    N_("Nobody else gets your data unless you agree separately. The only exceptions are a danger to somebody's life, "
       "and a duty by law that we cannot refuse. We tell you then, unless telling you would put you in danger."),
    N_("For reports and research we use numbers only, in which nobody can recognise you."),
    N_("We keep your file while we work with you and for a limited time afterwards. Then it is erased so that nobody "
       "can read it any more. Ask us for the day that holds for you."),
    N_("You can see what is written about you, have mistakes corrected, get a copy, and learn who was given what and "
       "when."),
    N_("You can take this consent back at any time, without giving a reason: tell anybody who works here. From then "
       "on we use your data no longer and keep only what the law makes us keep. You are not punished for it."),
    N_("If you have a question or a complaint, tell the person who advises you or anybody else who works here. A "
       "complaint never makes your situation worse."),
)  # fmt: skip

AGREED = N_(
    "I agree that the data listed above, and no others, are given to the recipient named above, for the purpose "
    "named above."
)
FREELY = N_(
    "I decide this freely. I can say yes to one recipient and no to another. If I say no, we look for another way "
    "together."
)
NEVER = N_(
    "What I have lived through, who did it, and what is before a court are not passed on unless the list above "
    "names them."
)
ASK = N_("I can ask at any time what was sent, to whom and when.")
COMPLAIN = DECLARATION[-1]
TRANSFER = (
    AGREED,
    FREELY,
    NEVER,
    N_("The recipient has promised in writing to protect the data, to use them for this purpose only, and to give "
       "them back or destroy them when they are no longer needed. In another country other laws hold; I was told what "
       "that means."),
    N_("I can take this consent back at any time, without giving a reason: I tell anybody who works here. Then nothing "
       "more is sent, and the recipient is told to stop using what it has. What somebody has already read cannot be "
       "made unread."),
    ASK,
    COMPLAIN,
)  # fmt: skip
# An authority promises nothing, and somebody whom the person trusts signs nothing: neither text says so.
AUTHORITY = (
    AGREED,
    FREELY,
    NEVER,
    N_("An authority uses what it is told by its own laws, and may have to act on it. I was told what that can mean "
       "for me."),
    N_("I can take this consent back at any time, without giving a reason: I tell anybody who works here. Then nothing "
       "more is told. What the authority has been told already stays with it."),
    ASK,
    COMPLAIN,
)  # fmt: skip
CONTACT = (
    N_("The person named above may be called if you cannot reach me in another way. They are told nothing but what is "
       "listed above."),
    FREELY,
    N_("I can take this back at any time, without giving a reason: I tell anybody who works here. Then this person is "
       "not called any more."),
    COMPLAIN,
)  # fmt: skip

ASSENT = (
    N_("Somebody has talked with me about the journey, in words that I understand."),
    N_("I could ask everything that I wanted to know. I could talk without the grown-ups who travel with me."),
    N_("I may say yes, I may say no, and I may say that I do not know yet. Nobody may be angry with me for it."),
    N_("I may change my mind later. I only need to tell somebody whom I trust."),
    N_("What I say is written down, and it counts when it is decided what is best for me."),
    N_("If somebody hurts me or I am afraid, I can say so here, and I will be helped."),
)
