"""The questions on the way to an apology, in their order, and what is said to a message beside them. The sentences are in domain.yml."""

from __future__ import annotations

from bot.apology.review import ELEMENTS

# How each part is asked for; after these come the text itself and how to give it.
QUESTIONS = {
    "story": "utter_apology_story",
    "responsibility": "utter_apology_hear",
    "acknowledge_pain": "utter_apology_pain",
    "regret": "utter_apology_feel",
    "no_repeat": "utter_apology_repeat",
    "repair": "utter_apology_repair",
    "text": "utter_draft_ask",
    "when": "utter_review_ready",
    "how": "utter_apology_say",
    "angry": "utter_apology_angry",
}
ORDER = ("story", *ELEMENTS)
GIVING = ("when", "how", "angry")
# How each part is called to a visitor.
WORDS_FOR = {
    "responsibility": "wat je precies deed",
    "acknowledge_pain": "wat het met je partner deed",
    "regret": "wat het met jou doet",
    "no_repeat": "wat je voortaan anders doet",
    "repair": "hoe je het goed wilt maken",
}
# Said before the question when a message is about something else, by its intent. None of them asks anything.
ASIDES = {
    "minimise_harm": "utter_apology_not_smaller",
    "express_shame": "utter_apology_not_only_deed",
    "ask_forgiveness": "utter_apology_no_asking",
    "express_blame": "utter_apology_own_hurt",
    "express_hurt": "utter_apology_own_hurt",
    "resist_first_step": "utter_apology_own_pace",
    "ask_trust": "utter_apology_trust",
    "out_of_scope": "utter_apology_elsewhere",
    "ask_help": "utter_apology_what_we_do",
}
# These are as often an answer to some of the questions.
MAY_ANSWER = {
    "story": {"express_blame", "express_hurt", "minimise_harm", "express_shame", "resist_first_step", "ask_trust"},
    "acknowledge_pain": {"express_blame", "express_hurt", "express_shame"},
    "regret": {"express_shame", "express_hurt"},
    "no_repeat": {"ask_trust", "resist_first_step"},
    "repair": {"ask_trust"},
}
# What is no answer to a question, though it tells something: these parts are kept, and the question is asked again.
NO_ANSWER = {
    "responsibility": {"acknowledge_pain", "regret", "no_repeat", "repair"},
    "acknowledge_pain": {"responsibility", "regret", "no_repeat", "repair"},
    "regret": {"responsibility", "acknowledge_pain", "no_repeat", "repair"},
    "no_repeat": {"responsibility", "acknowledge_pain", "regret"},
    "repair": {"responsibility", "acknowledge_pain", "regret"},
}
