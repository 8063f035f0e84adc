"""Criteria that were rated each on its own come onto one scale."""

from decimal import Decimal

from microcred_cli.exchange.scales import RatedCriterion, Rating, Scale, align_criteria, guess_threshold


def rate(title: str, *ratings: tuple[str, str]) -> RatedCriterion:
    return RatedCriterion(title, tuple(Rating(name, Decimal(points), f"{name}!") for name, points in ratings))


def tell(scale: Scale) -> list[str]:
    return [loss.message for loss in scale.losses]


CLEAR = rate("Clear", ("High", "4"), ("Middle", "2"), ("Low", "1"))


def test_the_scale_is_that_of_the_criterion_with_the_most_ratings_lowest_first() -> None:
    scale = align_criteria([rate("Short", ("Low", "1"), ("High", "4")), CLEAR])
    assert [(level["id"], level["points"]) for level in scale.levels] == [
        ("low", 1),
        ("middle", 2),
        ("high", 4),
    ]
    short, clear = scale.criteria
    assert short.descriptors == {"low": "Low!", "high": "High!"}
    assert clear.descriptors == {"low": "Low!", "middle": "Middle!", "high": "High!"}
    assert (short.cuts, clear.cuts, tell(scale)) == ({}, {}, [])


def test_proportional_points_need_no_cuts() -> None:
    scale = align_criteria([CLEAR, rate("Ten", ("High", "10"), ("Middle", "5"), ("Low", "2.5"))])
    assert scale.criteria[1].cuts == {}


def test_points_of_its_own_become_cuts() -> None:
    scale = align_criteria([CLEAR, rate("Twelve", ("High", "12"), ("Middle", "8"), ("Low", "0"))])
    assert scale.criteria[1].cuts == {"middle": "66.66%", "high": "100%"}


def test_as_many_ratings_under_other_names_stand_in_their_order_and_it_is_said() -> None:
    scale = align_criteria([CLEAR, rate("Named", ("Best", "4"), ("Fair", "2"), ("Poor", "1"))])
    assert scale.criteria[1].descriptors == {"low": "Poor!", "middle": "Fair!", "high": "Best!"}
    (told,) = tell(scale)
    assert "“Named” names its ratings otherwise (“Poor”, “Fair”, “Best”)" in told


def test_fewer_ratings_under_other_names_stand_where_their_share_is_nearest() -> None:
    scale = align_criteria([CLEAR, rate("Two", ("Yes", "10"), ("Nearly", "6"))])
    assert scale.criteria[1].descriptors == {"middle": "Nearly!", "high": "Yes!"}
    assert scale.criteria[1].cuts == {"middle": "60%", "high": "100%"}
    assert len(tell(scale)) == 1


def test_of_ratings_with_the_same_points_the_first_stays_and_it_is_said() -> None:
    scale = align_criteria([rate("Same", ("High", "2"), ("Also high", "2"), ("Low", "1"))])
    assert [level["title"] for level in scale.levels] == ["Low", "High"]
    assert "“Also high” has the same points as “High”" in tell(scale)[0]


def test_ratings_without_names_and_points_are_levels_all_the_same() -> None:
    scale = align_criteria([rate("Bare", ("", "0"), ("", "1")), rate("Nil", ("", "0"))])
    assert [level["id"] for level in scale.levels] == ["level-1", "level-2"]
    assert scale.criteria[1].cuts == {}


def test_a_level_whose_name_says_so_is_the_threshold() -> None:
    named = rate("Named", ("Proficient", "3"), ("Developing", "2"), ("Beginning", "1"))
    assert guess_threshold(align_criteria([named]).levels) == "proficient"
    passed = rate("Passed", ("Distinction", "3"), ("Pass", "2"), ("Fail", "1"), ("Not submitted", "0"))
    assert guess_threshold(align_criteria([passed]).levels) == "pass"


def test_the_threshold_is_guessed_below_the_top_of_three() -> None:
    assert guess_threshold(align_criteria([CLEAR]).levels) == "middle"
    assert guess_threshold(align_criteria([rate("Two", ("Yes", "1"), ("No", "0"))]).levels) == "yes"
