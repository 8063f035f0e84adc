"""The words of English. American and British spellings stand side by side."""

from collections.abc import Iterable

from microcred_cli.linting.words import WordLists
from microcred_cli.linting.words.en_acts import ACTS, ACTS_OR_THINGS, ORDERS


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _pair(behind: dict[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((word, other) for word, others in behind.items() for other in others.split())


def _split_phrases(phrases: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in phrases.split(","))


def _group(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    groups: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        groups.setdefault(phrase[0], []).append(phrase)
    return groups


# A word is here only where it is seldom anything but praise or blame: `clear`, `strong`, `relevant` and
# `well` say too many other things.
_VAGUE = _split("""
    good poor poorly adequate adequately inadequate inadequately appropriate appropriately inappropriate
    inappropriately effective effectively ineffective ineffectively satisfactory satisfactorily
    unsatisfactory unsatisfactorily proper properly improper improperly excellent excellently acceptable
    acceptably unacceptable unacceptably outstanding outstandingly exceptional exceptionally sufficient
    sufficiently insufficient insufficiently decent decently nice nicely
""")

_BLAME = _split("poor inadequate inappropriate ineffective unsatisfactory improper unacceptable insufficient")

# Words behind which, or before which, these are part of a term.
_TERMS_BEFORE = {
    "in": "good poor",  # what is `in good order` or `in poor light` is so by what everybody knows of it
    "the": "appropriate poor",
    "and": "sufficient",
    **dict.fromkeys(("common", "public", "greater", "private", "collective"), "good"),
    **dict.fromkeys(("as", "where", "when", "if", "age"), "appropriate"),
}
_TERMS_BEHIND = {
    "good": """
        practice practices faith governance laboratory manufacturing clinical time conductor conductors
        standing will fit morning afternoon evening night manners deal many of
    """,
    "poor": """
        people households countries soil soils conductor conductors law circulation perfusion prognosis
    """,
    "proper": "noun nouns name names fraction fractions subset subsets integral integrals motion",
    "improper": "fraction fractions integral integrals",
    "effective": """
        date dates dose doses rate rates mass area value voltage current field temperature radius demand
        interest tax population nuclear resistance length depth stress annual
    """,
    "exceptional": """
        case cases circumstance circumstances item items child children learner learners student
        students needs
    """,
    "outstanding": """
        issue issues task tasks question questions item items action actions payment payments invoice invoices
        debt debts balance balances loan loans order orders shares
    """,
    "sufficient": "condition conditions statistic statistics consideration",
    "adequate": "consideration intake",
    "acceptable": "use risk",
}
_TERMS = _pair(_TERMS_BEFORE | _TERMS_BEHIND)

_STRENGTHS = """
    acid acids base bases bond bonds force forces electrolyte electrolytes interaction interactions nuclear
    field fields verb verbs beat beats tide tides pass passes pressure pressures frequency frequencies tension
    voltage voltages current currents temperature temperatures speed speeds pitch note notes tone tones gear
    register heat sugar fat blood risk risks dose doses resolution altitude ground water school kick kicks
"""
_KINDS = {
    **dict.fromkeys(("weak", "strong", "low", "high"), _STRENGTHS),
    "deep": "vein veins water end tissue tissues breath breaths structure structures",
    "basic": "solution solutions oxide oxides salt salts medium conditions life",
    "advanced": "life directive directives",
    "clear": "solution solutions liquid liquids glass",
    "regular": "verb verbs polygon polygons expression expressions hexagon shape shapes",
    "constant": "speed velocity acceleration temperature pressure volume",
    "partial": "derivative derivatives fraction fractions pressure pressures differential sum sums",
    "minimal": "pair pairs medium media",
    "developed": "country countries economy economies nation nations",
    "developing": "country countries economy economies nation nations",
    "significant": "figure figures digit digits",
    "fair": "test tests trade play share shares",
}

_HIDDEN = _split_phrases(
    "understands,understand,knows,know,appreciates,appreciate,comprehends,comprehend,learns,learn,values,"
    "realises that,realizes that,realise that,realize that,believes that,believes in,believe that,"
    "feels that,feels confident,feels comfortable,feels responsible,feels able,feel confident,"
    "feel comfortable,is aware of,be aware of,becomes aware of,is aware that,are aware of,"
    "is familiar with,be familiar with,becomes familiar with,are familiar with,is conscious of,"
    "internalises,internalizes"
)
# A tool may be grasped as well.
_GRASPED = _split_phrases(",".join(
    f"grasps {article}{noun}"
    for article in ("", "the ", "the main ", "the key ", "the basic ")
    for noun in ("idea", "ideas", "concept", "concepts", "meaning", "principle", "principles", "importance",
                 "point", "points", "basics", "problem", "content")
))  # fmt: skip
_STATES = _split("understanding knowledge awareness appreciation comprehension familiarity grasp mastery")

_MEETS = (
    r"(?:(?:far|well|just|fully|partially|mostly|nearly|almost|consistently|usually|sometimes) )*"
    r"(?:(?:(?:does|do|did) not |fails to |not (?:yet )?)?(?:meets?|met|meeting)|exceed(?:s|ed|ing)?|"
    r"surpass(?:es|ed|ing)?|(?:not )?approach(?:es|ed|ing)?|near(?:s|ing)?|below|above|beyond|at)"
    r"(?: (?:all|most|many|some|few|of|the|minimum|basic|course|class|grade-level|grade level|our))*"
    r" (?:expectations?|standards?|requirements?|criteri(?:a|on)|mastery|proficiency|benchmarks?)"
)
_PRAISES = (
    r"(?:(?:very|quite|fairly|barely|mostly|less than|more than|not|not yet|above|below) )*"
    r"(?:good|poor|fair|average|satisfactory|unsatisfactory|excellent|outstanding|acceptable|unacceptable|"
    r"adequate|inadequate|sufficient|insufficient|exceptional|superior)"
    r"(?: (?:work|performance|level|quality|job|effort))?"
)
_NEEDS = (
    r"needs? (?:(?:some|much|more|a lot of|significant|major|further|to) )?"
    r"(?:improvement|improve|work|attention)"
)
_ABSENCE = (
    r"(?:no|not|nothing|none|(?:did|does|do|was|were|has|have) not)\b.{0,40}\b(?:evidence|attempt(?:ed)?|"
    r"submi(?:t|ts|tted|ssion)|(?:hand|turn)(?:ed)? in|work|response|answer(?:ed)?|given|shown|present|"
    r"performed|observed|done|started)\b.{0,20}"
)

_BUT_MORE = r"(?:,? (?:but|only|just|and)(?: \w+){0,2} (?:better|worse|more|less|more so|less so|stronger))?"
_POINTS = (
    r"(?:please )?(?:(?:exactly )?(?:the )?same as|as|like|see)(?: in| for)?(?: the| level)*"
    r" (?:(?:described |stated )?(?:above|below|before)|"
    r"(?:previous|next|preceding|lower|higher)(?: (?:level|column|one|descriptor|row|cell|box))|(.+?))"
    rf"(?: level)?{_BUT_MORE}"
)

# Without what anybody can count: `all`, `every`, `no`, `none`, `never`, `more`, `fewer`.
_DEGREE = _split("""
    always usually often frequently sometimes occasionally rarely seldom hardly generally regularly
    normally typically mostly mainly largely consistently inconsistently constantly continually
    continuously repeatedly infrequently frequent occasional rare regular consistent inconsistent
    constant very highly extremely really especially particularly reasonably quite rather somewhat fairly
    slightly partly partially fully completely entirely totally wholly thoroughly comprehensively
    superficially barely scarcely minimally moderately substantially considerably greatly significantly
    extensively deeply strongly weakly clearly vaguely well nearly almost some most many few several much
    little limited considerable great high low minimal moderate modest substantial partial thorough
    comprehensive superficial deep in-depth strong weak clear unclear vague basic rudimentary extensive
    significant fair proficient proficiently advanced developed well-developed underdeveloped developing
    emerging beginning competent competently exemplary accomplished skilful skilfully skillful skillfully
    sophisticated insightful insightfully perceptive nuanced detailed impressive compelling convincing
    lots lot plenty numerous degree extent
""")

WORDS = WordLists(
    degree=_VAGUE | _DEGREE,
    fillers=_split("a an the of in to with time times cases occasions"),
    approximations=_split("almost nearly virtually practically hardly"),
    partial=_split("""
        usually often frequently sometimes occasionally rarely seldom hardly generally regularly normally
        typically mostly mainly largely partly partially somewhat fairly barely scarcely nearly almost
        rather quite some most many few several much little lots lot plenty numerous limited partial minimal
        minimally superficial superficially modest developing emerging beginning
    """),
    kinds=_TERMS | _pair(_KINDS),
    vague=_VAGUE,
    terms=_TERMS,
    reasons=_split("""
        because why whether how what which judge judges judging evaluate evaluates evaluating assess
        assesses assessing distinguish distinguishes compare compares weigh weighs justify justifies
        justifying justified explain explains explaining argue argues criteria criterion according per
        namely such so than until unless meaning differentiates tells separates sorts ranks
    """),
    aims=_split("to for by under within against per"),
    clauses=_split("that"),
    measure_end="ally",
    blame=_BLAME,
    finders=_split("""
        spot spots detect detects recognise recognises recognize recognizes identify identifies notice notices
        report reports correct corrects flag flags reject rejects revise revises rewrite rewrites replace
        replaces remove removes repair repairs improve improves avoid avoids prevent prevents challenge
        challenges question questions address addresses eliminate eliminates discard discards exclude excludes
        refuse refuses return returns critique critiques criticise criticises criticize criticizes
    """),
    copulas=_split("is are was were be remains remain"),
    level_phrases=(_MEETS, _PRAISES, _NEEDS),
    level_hints=_split("""
        expectation expectations standard standards requirement requirements criteria criterion mastery
        proficiency benchmark benchmarks needs need good poor fair average satisfactory unsatisfactory
        excellent outstanding acceptable unacceptable adequate inadequate sufficient insufficient exceptional
        superior
    """),
    absences=(_ABSENCE, r"(?:left )?blank|missing|absent"),
    hidden=_group(_HIDDEN | _GRASPED),
    shows=_split("""
        demonstrates demonstrate shows show displays display exhibits exhibit has have possesses gains conveys
    """),
    states=_STATES,
    state_ends=_split("of about that how why in with"),
    partings=_split("""
        of to for with at on from by in no not without how what which why whether who where when if that them
        their others another each
    """),
    hidden_hints=frozenset(max(verb, key=len) for verb in _HIDDEN) | _STATES | {"grasps"},
    openings=_split("""
        the a each student students learner learners candidate candidates participant participants pupil
        pupils trainee trainees student's learner's candidate's pupil's work response responses answer answers
        essay paper report project presentation portfolio team group i we he she they it can could will would
        should must may is are be able to does do begins begin starts start still only also just always often
        usually sometimes and
    """),
    opening_end="ly",
    hidden_or_things=_split("values"),
    objects=_split("""
        the a an others other others' their his her its our my each every different diverse diversity what
        how people teammates colleagues peers clients feedback input teamwork learning honesty respect
    """),
    nothing=_split("no none nothing neither"),
    signs=_split("""
        by through using via shown showing shows demonstrated evidenced seen because as without
    """),
    state_signs=_split("example examples evidence quotation quotations"),
    acts=ACTS,
    orders=ORDERS,
    acts_or_things=ACTS_OR_THINGS,
    articles=_split("the a an"),
    no_things=_split("""
        across always sometimes perhaps besides towards afterwards upwards versus plus minus as is was has
        does yes alas whereas hers ours yours theirs others
    """),
    behind_things=_split("""
        of to for with without in on at from by as about between into during before after within using against
    """),
    joiners=_split("and"),
    references=_split("""
        it them its their they this these those so each both one another how what which why whether that who
        whose when where if while
    """),
    blanks=(
        r"(?:new )?(?:criterion|criteria|sub-?competency|competency|descriptor|description) ?#?\d+",
        r"level (?:\d+|[a-z]+) (?:descriptor|description|text)",
        r"(?:descriptor|description) (?:of|for) (?:the )?(?:level|criterion|criteria)(?: \w+)?",
        r"(?:criterion|sub-?competency|rubric|badge|level) (?:title|name|text|description)(?: here)?",
        r"(?:your |the |some )?(?:text|description|descriptor|title|name|content) (?:goes )?here",
        r"(?:add|enter|insert|write|type|put|fill in) (?:your |a |an |the |some )?\w+ here",
        r"(?:enter|insert) (?:text|description|descriptor|title)",
        r"click (?:or tap )?(?:here )?to (?:edit|enter|add)\b.*",
        r"(?:placeholder|sample|dummy) text|placeholder|descriptor|untitled(?: \w+)?|todo",
        r"to be (?:added|written|completed|defined|determined|done|decided|confirmed|filled in|developed)",
    ),
    blank_words=_split("""
        criterion criteria subcompetency sub-competency competency descriptor description level here enter
        insert click placeholder sample dummy untitled added written completed defined determined done
        decided confirmed filled developed
    """),
    pointers=(_POINTS, rf"(?:ditto|idem|same){_BUT_MORE}"),
    pointer_words=_split("same ditto idem see above below before previous better"),
    blank_orders=("describe", "insert", "add", "enter", "fill in", "specify", "your", "name of"),
    third_person="s",
    not_third_person="ss",
    marked=_split("comment comments list lists item items marker markers note notes tag tags app apps file"),
)
