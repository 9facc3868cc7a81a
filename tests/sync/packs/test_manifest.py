"""A manifest signed by somebody trusted still has to fit together: a signature is no licence."""

import builtins
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.journal.keys import SigningKey
from sync.packs import manifest as manifests
from sync.packs.documents import dump, load_targets, payload_of, public_key, signed_by, spell
from sync.packs.manifest import read_manifest, sign_manifest
from sync.packs.outline import ActivityKind, Completion, PackObject, QuizRule
from sync.packs.source import read_source
from sync.refusal import Code, Refusal
from tests.builders.packs import write_course

KEY = SigningKey.generate()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return read_source(write_course(tmp_path_factory.mktemp("naskah"))).course


@pytest.fixture(scope="module")
def objects(course):
    paths = ["lembar.pdf", "m1/dua.md", "m1/film.webm", "m1/satu.md", "m2/kuis.soal"]
    types = {
        "pdf": "application/pdf",
        "md": "text/markdown",
        "webm": "video/webm",
        "soal": "application/x-suluh-soal",
    }
    return [PackObject(p, 10 + n, f"{n:064x}", types[p.rpartition(".")[2]]) for n, p in enumerate(paths)]


def read(course, objects, **more):
    data = sign_manifest(course, objects, "bpsdm", KEY, **more)
    return read_manifest(load_targets(data, "manifest"), data)


def refused(course, objects):
    with pytest.raises(Refusal) as told:
        read(course, objects)
    return told.value.code in {Code.MALFORMED, Code.VERSION}


def test_what_was_signed_is_what_is_read(course, objects):
    manifest = read(course, objects, downgrade=True)
    assert manifest.course == course
    assert sorted(manifest.content.objects, key=lambda o: o.path) == objects
    assert (manifest.version, manifest.downgrade, manifest.publisher) == (1_000_000, True, "bpsdm")
    assert manifest.content.size == 10 + 11 + 12 + 13 + 14


def test_the_same_course_and_key_give_the_same_bytes(course, objects):
    assert sign_manifest(course, objects, "bpsdm", KEY) == sign_manifest(course, objects, "bpsdm", KEY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "../../Startup/x.md"},
        {"path": "m1/SATU.md"},
        {"path": "m1/x.exe"},
        {"path": "c:x.md"},
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"sha256": "../" + "0" * 61},
        {"size": 0},
        {"size": 3 * 1024**3},
        {"media_type": "application/x-msdownload"},
        {"media_type": "text/html"},
        {"packed": "zz"},
    ],
    ids=str,
)
def test_a_trusted_key_cannot_smuggle_in_an_object(course, objects, wrong):
    extra = replace(PackObject("m1/lebih.md", 5, "f" * 64, "text/markdown"), **wrong)
    assert refused(course, [*objects, extra])


def test_one_digest_has_one_size(course, objects):
    assert refused(course, [*objects, replace(objects[1], path="m1/lain.md", size=99)])


def test_a_page_the_pack_does_not_hold_is_missed(course, objects):
    assert refused(course, objects[:-1])


def test_objects_beyond_what_a_stick_can_hold_are_too_much(course, objects):
    big = [PackObject(f"m1/v{n}.mp4", 2 * 1024**3, f"{n + 99:064x}", "video/mp4") for n in range(3)]
    assert refused(course, [*objects, *big])


def outlines(course):
    module, quiz = course.modules[1], course.modules[1].activities[1]
    page = course.modules[0].activities[0]

    def with_activity(activity):
        return replace(course, modules=(replace(module, activities=(activity,)),))

    return {
        "no modules": replace(course, modules=()),
        "no activities": replace(course, modules=(replace(module, activities=()),)),
        "two modules of one id": replace(course, modules=(module, replace(module, activities=(page,)))),
        "two activities of one id": replace(course, modules=(replace(module, activities=(quiz, quiz)),)),
        "an id with a slash": replace(course, modules=(replace(module, id="a/b"),)),
        "a course id that climbs": replace(course, id="../x"),
        "no JP": replace(course, jp=0),
        "a quiz without rules": with_activity(replace(quiz, quiz=None)),
        "rules without a quiz": with_activity(replace(page, quiz=QuizRule())),
        "an activity of nothing": with_activity(replace(page, paths=())),
        "a version of words": replace(course, version="0"),
    }


def test_an_outline_that_does_not_fit_together_is_refused(course, objects):
    passed = []
    for name, outline in outlines(course).items():
        try:
            read(outline, objects)
        except (Refusal, ValueError):  # an impossible version cannot even be signed
            continue
        passed.append(name)
    assert passed == []


@pytest.mark.parametrize(
    "change",
    [
        lambda own: own["course"].update(jp="600"),
        lambda own: own["course"].update(title=7),
        lambda own: own["course"].update(title="x" * 5000),
        lambda own: own["course"].update(mandatory=1),
        lambda own: own["course"].update(version="1.1"),
        lambda own: own["course"].pop("summary"),
        lambda own: own["course"].update(modules="m1"),
        lambda own: own["course"]["modules"][0]["activities"][0].update(kind="web"),
        lambda own: own["course"]["modules"][0]["activities"][0].update(minutes=-1),
        lambda own: own.update(downgrade="ya"),
        lambda own: own.update(format=2),
        lambda own: own.pop("publisher"),
    ],
)
def test_values_of_the_wrong_shape_are_refused_under_a_right_signature(course, objects, change):
    metadata = load_targets(sign_manifest(course, objects, "bpsdm", KEY), "manifest")
    document = json.loads(spell(metadata.signed.unrecognized_fields))
    change(document["suluh"])
    metadata.signed.unrecognized_fields = document
    metadata.signatures.clear()
    data = dump(metadata, [KEY])
    with pytest.raises(Refusal) as told:
        read_manifest(load_targets(data, "manifest"), data)
    assert told.value.code in {Code.MALFORMED, Code.VERSION}


def test_every_kind_has_its_usual_completion(course):
    kinds = {activity.kind: activity.completion for _, activity in course.activities()}
    assert kinds[ActivityKind.VIDEO] is Completion.WATCHED
    assert kinds[ActivityKind.PDF] is Completion.OPTIONAL


TEXTS = st.text(alphabet=st.sampled_from('ab"\\/\n\t\x00\x7f\u2028é😀\ue000n'), max_size=12)


@given(title=TEXTS, note=TEXTS)
@settings(max_examples=300, deadline=None)
def test_the_bytes_that_are_signed_are_those_of_tuf(course, objects, title, note):
    data = sign_manifest(replace(course, title=title, change_note=note), objects, "bpsdm", KEY)
    metadata = load_targets(data, "manifest")
    assert payload_of(metadata) == metadata.signed_bytes
    assert signed_by(metadata, [public_key(KEY.public)])


def test_half_a_letter_cannot_be_signed_or_believed(course, objects):
    metadata = load_targets(sign_manifest(course, objects, "bpsdm", KEY), "manifest")
    metadata.signed.unrecognized_fields["suluh"]["course"]["title"] = "\ud800"
    with pytest.raises(Refusal):
        signed_by(metadata, [public_key(KEY.public)])


def places_in(thing, where=()):
    """Every place in a document, the document itself first."""
    yield where
    pairs = thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ()
    for name, inner in list(pairs):
        yield from places_in(inner, (*where, name))


def put(document, where, value):
    """The document with another value at a place."""
    if not where:
        return value
    inner = document
    for name in where[:-1]:
        inner = inner[name]
    inner[where[-1]] = value
    return document


def reshaped(course, objects, draw, key=KEY):
    """A manifest rightly signed, with anything at all in one place of what is ours in it."""
    metadata = load_targets(sign_manifest(course, objects, "bpsdm", key), "manifest")
    own = json.loads(spell(metadata.signed.unrecognized_fields))
    where = draw(st.sampled_from(list(places_in(own["suluh"]))))
    metadata.signed.unrecognized_fields = {"suluh": put(own["suluh"], where, draw(ANYTHING))}
    metadata.signatures.clear()
    data = dump(metadata, [key])
    return lambda: read_manifest(load_targets(data, "manifest"), data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.sampled_from([0, -1, 10**30]) | st.sampled_from(["", "1.0", "9" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
OF_PYTHON = {name for name, thing in vars(builtins).items() if isinstance(thing, type)}
"""Names that only a programmer understands: none of them is a reason."""


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_where_is_taken_or_refused_in_a_word_of_ours(course, objects, data):
    read_it = reshaped(course, objects, data.draw)
    try:
        read_it()
    except Refusal as told:
        said = {str(value) for value in told.values.values()}
        assert not said & OF_PYTHON, said


def test_a_reader_that_breaks_in_a_way_nobody_foresaw_refuses_and_names_no_class(
    course, objects, monkeypatch
):
    def breaks(_document):
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr(manifests, "course_of", breaks)
    with pytest.raises(Refusal) as told:
        read(course, objects)
    assert (told.value.code, told.value.values) == (Code.MALFORMED, {"what": "manifest", "reason": "shape"})
