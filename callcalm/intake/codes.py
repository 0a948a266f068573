"""Every problem code, in one table, with one line each. Numbers are for ever: add, never reuse.

CC0xx: the file and its TOML. CC02x to CC04x: values. CC1xx: scenarios. CC2xx: playbooks and moves. CC3xx:
phrasebooks. CC4xx: saves and settings. CC5xx: where a call can go. CC6xx: words. CC7xx: what an encounter
teaches. CC8xx: writers' checks. CC9xx: drills and campaigns. What must not be here: messages, or
anything that finds a problem.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """A stable problem code, such as ``CC021``; `MEANINGS` says what each is for."""

    NO_FILE = "CC001"
    UNREADABLE = "CC002"
    NOT_A_FILE = "CC003"
    TOO_LARGE = "CC004"
    NOT_UTF8 = "CC005"
    BINARY = "CC006"
    BYTE_ORDER_MARK = "CC007"
    NOT_FOR_LINT = "CC008"
    OTHER_KIND = "CC009"

    SYNTAX = "CC010"
    TWICE = "CC011"
    TOO_DEEP = "CC012"
    LONG_KEY = "CC013"
    TOO_MANY = "CC014"
    LONG_NUMBER = "CC015"
    NEWER_FORMAT = "CC016"

    WRONG_TYPE = "CC020"
    UNKNOWN_KEY = "CC021"
    MISSING_KEY = "CC022"
    LONG_TEXT = "CC023"
    EMPTY_TEXT = "CC024"
    TEXT_FORM = "CC025"
    NOT_A_CHOICE = "CC026"
    OUT_OF_RANGE = "CC027"
    ITEM_COUNT = "CC028"
    ONE_LINE = "CC029"
    UNSAFE_TEXT = "CC030"
    KEY_FORM = "CC031"
    ID_TWICE = "CC032"

    NO_TARGET = "CC101"
    TWO_TARGETS = "CC102"
    UNKNOWN_MOVE = "CC103"
    UNKNOWN_MOOD = "CC104"
    UNKNOWN_PLAYBOOK = "CC105"
    UNKNOWN_VARIABLE = "CC106"
    VARIABLE_TYPE = "CC107"
    CONDITION = "CC108"
    CONDITION_SENSE = "CC109"
    NO_ANSWER = "CC110"
    COMPOSE = "CC111"
    FAIRNESS = "CC112"
    UNREACHED = "CC113"
    CHECK_STEP = "CC114"
    RESERVED = "CC115"
    NEVER_CUT = "CC116"
    SAME_NAME = "CC117"
    RANGE = "CC118"
    FOLLOW_UP = "CC119"

    WEIGHT = "CC201"
    NO_TAKE = "CC202"
    UNKNOWN_PARENT = "CC203"
    CIRCLE = "CC204"
    ID_NOT_NAME = "CC205"

    HIT = "CC301"
    MISS = "CC302"

    SETTING = "CC401"

    BEAT_NEVER = "CC501"
    ENDING_NEVER = "CC502"
    DEAD_END = "CC503"
    ENDLESS = "CC504"
    STUCK = "CC505"
    REPLY_NEVER = "CC506"
    NEVER_TRUE = "CC507"
    ALWAYS_TRUE = "CC508"
    NEVER_ASKED = "CC509"
    NEVER_CHANGED = "CC510"
    NOT_PROVED = "CC511"

    NOT_SHOWN = "CC601"
    SHOWN_ALREADY = "CC602"
    MODEL_COSTS = "CC603"
    UNMEANT_COST = "CC604"
    NAME_SPELLING = "CC605"
    LONG_LINES = "CC606"
    MANY_REPLIES = "CC607"
    WIDE = "CC608"
    TO_FILL = "CC609"

    BEST_FIRST = "CC701"
    BEST_IN_SLOT = "CC702"
    BEST_LONGEST = "CC703"
    BEST_APOLOGISES = "CC704"
    SAME_EFFECT = "CC705"
    HOPELESS = "CC706"
    EVERY_COSTS = "CC707"
    NOTHING_COSTS = "CC708"
    RANDOM_WINS = "CC709"
    KIND_WINS = "CC710"
    BEST_FAILS = "CC711"
    TAUGHT_NOWHERE = "CC712"
    TAUGHT_OFF_PATH = "CC713"
    SAME_LESSON = "CC714"
    FORBIDDEN_ELSEWHERE = "CC715"

    CHECK_STOPS = "CC801"
    CHECK_FAILS = "CC802"

    ITEM_KIND = "CC901"
    NONE_RIGHT = "CC902"
    NO_COST_MARKED = "CC903"
    OPEN_MARK = "CC904"
    STEP = "CC905"


MEANINGS: Final[dict[Code, str]] = {
    Code.NO_FILE: "There is no file at the given place.",
    Code.UNREADABLE: "The file is there, but the system does not let it be read.",
    Code.NOT_A_FILE: "The name belongs to a folder, a pipe or a device, not to a file.",
    Code.TOO_LARGE: "The file is larger than a file of its kind may be, or a folder holds too many files.",
    Code.NOT_UTF8: "The file is not UTF-8 text.",
    Code.BINARY: "The file is not plain text: it holds NUL characters, is UTF-16, or comes from a word processor.",
    Code.BYTE_ORDER_MARK: "The file begins with a byte order mark, which was skipped.",
    Code.NOT_FOR_LINT: "The file is one that callcalm writes or brings along, and nothing in it is for lint.",
    Code.OTHER_KIND: "The file is of another kind than is read in its place.",
    Code.SYNTAX: "The file is not TOML at this place.",
    Code.TWICE: "A key or a table is written twice.",
    Code.TOO_DEEP: "Tables and lists are nested deeper than any callcalm file needs.",
    Code.LONG_KEY: "A dotted key has more parts than any callcalm file needs.",
    Code.TOO_MANY: "The file holds more keys and list items than any callcalm file needs.",
    Code.LONG_NUMBER: "A number has more digits than callcalm reads.",
    Code.NEWER_FORMAT: "The file is of a format that this version of callcalm does not read.",
    Code.WRONG_TYPE: "The value is of another type than the key wants.",
    Code.UNKNOWN_KEY: "The key is not one that this table knows.",
    Code.MISSING_KEY: "The table lacks a key that it needs.",
    Code.LONG_TEXT: "The text is longer than the key allows.",
    Code.EMPTY_TEXT: "The text is empty where the key needs some.",
    Code.TEXT_FORM: "The text does not have the form that the key wants.",
    Code.NOT_A_CHOICE: "The value is not one of those that the key allows.",
    Code.OUT_OF_RANGE: "The number is below or above what the key allows.",
    Code.ITEM_COUNT: "The list or table has too few or too many items.",
    Code.ONE_LINE: "The text has several lines where the key takes one.",
    Code.UNSAFE_TEXT: "The text holds characters that cannot be seen or that steer the terminal.",
    Code.KEY_FORM: "A name that the writer chose does not have the form that such names have.",
    Code.ID_TWICE: "Two things of one list have the same id.",
    Code.NO_TARGET: "A `goto`, `beat` or `ends` names neither a beat nor an ending of the file.",
    Code.TWO_TARGETS: "A beat and an ending have the same name, so that nobody can say which is meant.",
    Code.UNKNOWN_MOVE: "There is no such move in the registry.",
    Code.UNKNOWN_MOOD: "There is no such mood in the registry.",
    Code.UNKNOWN_PLAYBOOK: "There is no such playbook.",
    Code.UNKNOWN_VARIABLE: "The variable is not declared under `[vars]`.",
    Code.VARIABLE_TYPE: "The variable is declared with another kind of value.",
    Code.CONDITION: "The condition cannot be read.",
    Code.CONDITION_SENSE: "The condition compares what cannot be compared.",
    Code.NO_ANSWER: "The beat leaves the player nothing to answer.",
    Code.COMPOSE: "The composed answer cannot be made as it is asked for.",
    Code.FAIRNESS: "A fair score stands beside a result that was got; it is asked only after a no.",
    Code.UNREACHED: "No path leads to this beat or ending.",
    Code.CHECK_STEP: "A step of a check is not one thing to do.",
    Code.RESERVED: "The name has a meaning of its own in callcalm and cannot be chosen.",
    Code.NEVER_CUT: "There is nothing to cut in on: the caller says only one part.",
    Code.SAME_NAME: "Two files have one name, and only one of them is played.",
    Code.RANGE: "A number is outside the range of its variable, or there is no such range.",
    Code.FOLLOW_UP: "No encounter has the name of the one that comes back, or that it comes back from.",
    Code.WEIGHT: "The weight of a move does not go with its effect.",
    Code.NO_TAKE: "A helping move lacks its example, or a costing one what to say instead.",
    Code.UNKNOWN_PARENT: "The playbook extends one that is not there.",
    Code.CIRCLE: "Playbooks extend one another in a circle.",
    Code.ID_NOT_NAME: "The id in the file is not the name of the file.",
    Code.HIT: "A sentence among the `hits` of a rule in which the rule does not stand.",
    Code.MISS: "A sentence among the `misses` of a rule in which the rule stands.",
    Code.SETTING: "A setting that callcalm does not know, or that makes no sense.",
    Code.BEAT_NEVER: "A path leads to this beat, but no play can take it.",
    Code.ENDING_NEVER: "A path leads to this ending, but no play can take it.",
    Code.DEAD_END: "Every answer leads back to the same beat.",
    Code.ENDLESS: "From this beat on, no ending can be reached any more.",
    Code.STUCK: "A play can come here with no reply on offer.",
    Code.REPLY_NEVER: "The reply is never on offer.",
    Code.NEVER_TRUE: "The condition can never be true, whatever happens.",
    Code.ALWAYS_TRUE: "The condition is true whenever it is asked: it decides nothing.",
    Code.NEVER_ASKED: "No condition asks for this variable.",
    Code.NEVER_CHANGED: "Conditions ask for this variable, and nothing ever changes it.",
    Code.NOT_PROVED: "Something about this encounter could not be proved.",
    Code.NOT_SHOWN: "A reply declares a move that words show, and its words do not show it.",
    Code.SHOWN_ALREADY: "A reply declares a move that its words show already.",
    Code.MODEL_COSTS: "The best reply of a beat holds words that cost.",
    Code.UNMEANT_COST: "A reply that helps and leads on like the best one holds words that cost.",
    Code.NAME_SPELLING: "A word is nearly, but not quite, a name of the caller.",
    Code.LONG_LINES: "The caller says more at once than a projected screen holds.",
    Code.MANY_REPLIES: "More replies are on offer at once than a projected screen holds.",
    Code.WIDE: "The text holds characters that are two cells wide; not every terminal draws them so.",
    Code.TO_FILL: "A text that a learner sees is still to be filled in.",
    Code.BEST_FIRST: "The best reply is always the first.",
    Code.BEST_IN_SLOT: "The best reply stands in the same place too often.",
    Code.BEST_LONGEST: "The best reply is the longest too often.",
    Code.BEST_APOLOGISES: "The best reply is the only one that says sorry, every time.",
    Code.SAME_EFFECT: "Two replies of a beat do the same.",
    Code.HOPELESS: "From this beat on no good ending can be reached any more.",
    Code.EVERY_COSTS: "Every reply of the beat costs composure.",
    Code.NOTHING_COSTS: "No reply of the beat is worse than another.",
    Code.RANDOM_WINS: "A player who answers at random comes to a good ending too often.",
    Code.KIND_WINS: "A player who is kind, and no more, comes to a good ending too often.",
    Code.BEST_FAILS: "Not even the best player can come to a good ending.",
    Code.TAUGHT_NOWHERE: "A move that the encounter teaches is in none of its answers.",
    Code.TAUGHT_OFF_PATH: "A move that the encounter teaches is in no best reply.",
    Code.SAME_LESSON: "Two endings have the same lesson, word for word.",
    Code.FORBIDDEN_ELSEWHERE: "Another school forbids the best reply, and the beat is not marked `contested`.",
    Code.CHECK_STOPS: "A check cannot be played: one of its steps is not possible.",
    Code.CHECK_FAILS: "A check was played and did not end as it says.",
    Code.ITEM_KIND: "An item of a drill must have just one of options, parts, text and takes.",
    Code.NONE_RIGHT: "None of an item's options is right, or all of them are.",
    Code.NO_COST_MARKED: "No words of a text to search are marked as costing.",
    Code.OPEN_MARK: "A mark in a text is not closed, is empty, or stands inside another.",
    Code.STEP: "A step of a campaign names an encounter or a drill that is not there.",
}
"""What each code is for, in one line."""
