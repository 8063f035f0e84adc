"""What learners do, in English."""


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


ACTS = _split("""
    accepts achieves acknowledges acts adapts adds adjusts adopts agrees allocates analyzes annotates
    anticipates applies argues arranges articulates assesses assigns attends avoids brings calibrates
    carries celebrates chooses cites clarifies classifies cleans collaborates collates collects combines
    communicates compares compiles completes composes computes conducts confirms connects considers
    constructs consults contributes converses converts cooperates coordinates corrects creates debugs
    decides declares defends defines delivers demonstrates deploys derives describes detects determines
    develops devises differentiates discusses disposes distinguishes documents eats edits elicits
    employs empties encourages engages ensures enters equips establishes evacuates evaluates examines
    executes expands explains explores expresses extracts facilitates finds follows formulates gathers
    generates gives greets hears hypothesises hypothesizes identifies illustrates implements improves
    includes incorporates infers informs initiates inspects installs integrates interacts interprets
    introduces invents investigates invites involves justifies keeps leads listens locates maintains
    makes manages manipulates mediates meets minimises minimizes modifies motivates negotiates nominates
    obeys observes obtains offers operates organises organizes paraphrases participates pays performs
    persists persuades pours predicts prepares prevents prioritises prioritizes produces promotes
    pronounces proofreads proposes protects proves provides provokes publishes puts quantifies reacts
    reads receives recites recognises recognizes recommends reconciles recycles refines reflects
    regulates rehearses rejects relates removes repairs repeats replaces replies resolves responds
    restates restores retrieves reuses revises rewrites sanitises sanitizes says secures selects sends
    separates settles simplifies simulates sings solves speaks specifies stimulates strengthens submits
    summarises summarizes supervises sustains synthesises synthesizes tackles takes teaches tells tidies
    transforms translates treats troubleshoots uncovers updates utilises utilizes validates verifies
    visualises visualizes wears wipes writes
""")
"""As it is said of a learner; none of them can be anything else."""

ORDERS = _split("""
    accept achieve adapt adjust adopt agree allocate analyse analyze anticipate apply argue arrange
    articulate assess assign avoid bring calibrate carry choose cite clarify classify collaborate
    collate collect combine communicate compare compile compose compute conduct confirm connect consider
    construct consult contribute convert cooperate coordinate create debug decide defend define deliver
    demonstrate deploy derive describe determine develop devise diagnose differentiate discuss
    distinguish elicit employ encourage engage ensure establish evaluate examine execute explain explore
    express extract facilitate follow formulate gather generate give hypothesise hypothesize identify
    illustrate implement improve incorporate infer inform initiate inspect install integrate interact
    interpret introduce investigate justify keep listen locate maintain make manage mediate minimise
    minimize negotiate observe obtain operate organise organize paraphrase participate perform persuade
    predict prepare prevent prioritise prioritize produce pronounce proofread propose protect prove
    provide publish quantify react recite recognise recognize recommend reconcile recycle refine reflect
    rehearse remove replace resolve respond retrieve revise select settle simplify simulate solve speak
    specify submit summarise summarize supervise synthesise synthesize take teach translate treat
    troubleshoot utilise utilize validate verify visualise visualize write
""")
"""As it is said to the learner."""

ACTS_OR_THINGS = _split("""
    answers appeals ask asks balances benefits bids build builds calculates calls cares challenges
    changes checks claims codes commands comments controls costs credits debates delegates design
    designs directs displays draft drafts draw draws edit estimates exercises experiments features files
    focuses forms frames functions guides handles helps judges labels lay lays lead links lists looks
    maps marks matches measures models monitors names notes orders outlines picks places plan plans
    plots points poses practices practises present presents programmes programs questions quotes raises
    ranks rates reasons records report reports requests researches reviews run runs samples scores
    searches seeks serves set sets shapes share shares show shows sketches sorts starts states steps
    structures studies suggests sums supports talks targets test tests thanks times tools traces tracks
    trains trials tries turns use uses views visits volunteers walks weighs welcomes work works
""")
"""What may be a noun as well."""
