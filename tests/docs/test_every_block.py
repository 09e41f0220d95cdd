"""Every block of README.md, README.ja.md and docs/ is run or compared by a test: one without a row here fails."""

import re

import pytest

from tests.docs.blocks import ROOT, blocks

DEPLOYMENT = "tests/docs/test_deployment.py"
EXAMPLES = "tests/docs/test_example_docs.py::test_each_line_of_a_class_is_a_line_of_the_example"
PROGRAMS = "tests/docs/test_readme.py"
PROXIES = "tests/docs/test_proxies.py"
SITE = "tests/docs/test_site.py"
SEATING = "tests/docs/test_hub_docs.py"
SHAPES = "tests/messages/test_wire_shapes.py"

# Page, words that only this block has, and the test that runs it.
IN_ENGLISH = [
    ("README.md", "bin/serve", f"{PROGRAMS}::test_a_clone_serves"),
    ("README.md", "pip install", f"{PROGRAMS}::test_the_package_serves_in_any_folder"),
    ("README.md", "--workers 4", f"{PROGRAMS}::test_it_grows"),
    ("README.md", "urlpatterns +=", f"{SITE}::test_the_lines_of_the_readme_make_rooms"),
    ("README.md", "{% room order %}", f"{SITE}::test_the_lines_of_the_readme_make_rooms"),
    ("README.md", "class ShopPolicy", f"{SITE}::test_the_lines_of_the_readme_make_rooms"),
    (
        "docs/architecture.md",
        "src/zashiki/\n",
        f"{PROGRAMS}::test_every_place_of_the_map_of_the_architecture_is_there",
    ),
    (
        "docs/architecture.md",
        "urls  templatetags",
        f"{PROGRAMS}::test_the_layers_of_the_architecture_are_those_that_are_checked",
    ),
    (
        "docs/benchmarks.md",
        "bin/bench",
        f"{PROGRAMS}::test_programs_that_take_long_exist_and_know_their_words",
    ),
    (
        "docs/compliance.md",
        "bin/compliance",
        f"{PROGRAMS}::test_programs_that_take_long_exist_and_know_their_words",
    ),
    (
        "docs/deployment.md",
        "useradd --system",
        f"{DEPLOYMENT}::test_the_service_is_installed_and_has_an_account",
    ),
    (
        "docs/deployment.md",
        "ExecStart=",
        f"{DEPLOYMENT}::test_the_unit_serves_behind_its_proxy_and_stops_in_time",
    ),
    ("docs/deployment.md", "map $http_upgrade", f"{PROXIES}::test_pages_and_files_come_through"),
    ("docs/deployment.md", "reverse_proxy", f"{PROXIES}::test_caddy_understands_its_block"),
    ("docs/deployment.md", '".backup ', f"{DEPLOYMENT}::test_backups_are_made_and_restored"),
    ("docs/deployment.md", "pg_restore", f"{DEPLOYMENT}::test_backups_are_made_and_restored"),
    (
        "docs/deployment.md",
        "pip install --upgrade",
        f"{DEPLOYMENT}::test_an_upgrade_takes_what_is_new_in_the_clone",
    ),
    ("docs/deployment.md", "SOCKET /ws/", f"{DEPLOYMENT}::test_the_log_looks_as_it_is_shown"),
    ("docs/embedding.md", "pip install", f"{PROGRAMS}::test_a_site_installs_the_package_without_the_server"),
    (
        "docs/embedding.md",
        'INSTALLED_APPS += ["zashiki"]',
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    (
        "docs/embedding.md",
        'path("help/chat/"',
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    (
        "docs/embedding.md",
        "application = with_rooms",
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    (
        "docs/embedding.md",
        "{% room order %}",
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    (
        "docs/embedding.md",
        "manage.py migrate",
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    (
        "docs/embedding.md",
        "class ShopPolicy",
        f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms",
    ),
    ("docs/embedding.md", "def give_to", f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms"),
    ("docs/embedding.md", "--z-height", f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms"),
    ("docs/embedding.md", "ModuleStorage", f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms"),
    ("docs/embedding.md", "writer.post", f"{SITE}::test_the_lines_of_the_page_about_embedding_make_rooms"),
    (
        "docs/embedding.md",
        "location /help/",
        f"{PROXIES}::test_a_site_below_a_path_finds_its_pages_and_its_sockets",
    ),
    ("docs/embedding.md", "RedisPubSubChannelLayer", f"{SITE}::test_the_layer_for_several_processes_works"),
    ("docs/embedding.md", "class RoomTests", EXAMPLES),
    ("docs/embedding.md", "RedactingFormatter", f"{SITE}::test_the_log_of_a_site_holds_no_links"),
    ("docs/embedding.md", "async with ChatClient", f"{SITE}::test_the_chat_client_talks"),
    ("docs/from-the-tutorial.md", "class AsyncRoomConsumer", EXAMPLES),
    (
        "docs/from-the-tutorial.md",
        "channels_redis.core.RedisChannelLayer",
        f"{SITE}::test_the_layer_of_step_1_works",
    ),
    (
        "docs/from-the-tutorial.md",
        "hashlib.sha256",
        f"{SITE}::test_the_name_of_a_group_of_step_2_is_one_that_channels_takes",
    ),
    ("docs/from-the-tutorial.md", "class HubRoomConsumer", EXAMPLES),
    (
        "docs/from-the-tutorial.md",
        "ZASHIKI_TUTORIAL_SOCKETS = True",
        f"{SITE}::test_step_4_makes_the_tutorials_project_a_room_with_history",
    ),
    ("docs/hub.md", "class NewsConsumer", f"{SEATING}::test_the_ten_lines_show_a_message_to_everybody"),
    ("docs/hub.md", "ProtocolTypeRouter", f"{SEATING}::test_the_ten_lines_show_a_message_to_everybody"),
    (
        "docs/hub.md",
        "uvicorn asgi:application",
        f"{SEATING}::test_the_ten_lines_show_a_message_to_everybody",
    ),
    ("docs/hub.md", "transaction.on_commit", f"{SEATING}::test_a_view_shows_something_to_everybody"),
    ("docs/hub.md", "configure(", f"{SEATING}::test_the_options_are_set"),
    ("docs/wire.md", '{"message": "text"', f"{SHAPES}::test_the_tutorials_dialect_is_as_shown"),
    ("docs/wire.md", '"code": "too_long"', f"{SHAPES}::test_the_examples_are_json"),
    ("docs/wire.md", '"presence"', f"{SHAPES}::test_answers_and_events_carry_what_is_written"),
    ("docs/wire.md", '"reactions"', f"{SHAPES}::test_answers_and_events_carry_what_is_written"),
]
# The Japanese editions have the blocks of the English pages, and the same tests run them.
JAPANESE = {"README.md": "README.ja.md", "docs/from-the-tutorial.md": "docs/ja/from-the-tutorial.md"}
RUNNERS = IN_ENGLISH + [(JAPANESE[row[0]], *row[1:]) for row in IN_ENGLISH if row[0] in JAPANESE]


def rows_of(block):
    return [row for row in RUNNERS if row[0] == block.page and row[1] in block.text]


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_a_block_is_run(block):
    """Give a new block a row in `RUNNERS`, and the test that it names."""
    assert len(rows_of(block)) == 1, block.text


@pytest.mark.parametrize(("page", "words", "test"), RUNNERS, ids=lambda value: str(value)[:40])
def test_a_row_stands_for_one_block_and_a_test_that_exists(page, words, test):
    assert len([block for block in blocks() if block.page == page and words in block.text]) == 1
    file, _, name = test.partition("::")
    text = (ROOT / file).read_text()
    assert re.search(rf"def {name}\(", text)
    # The test takes the block from the page: by these words, or, where it reads the whole page, by its name.
    assert words in text or words.replace('"', '\\"') in text or page.rpartition("/")[2] in text


@pytest.mark.parametrize(("english", "japanese"), JAPANESE.items())
def test_both_languages_show_the_same_code(english, japanese):
    """Only comments are translated."""
    assert code_of(japanese) == code_of(english)


def code_of(page):
    comment = re.compile(r"(?m)(?<=# asgi\.py).*| *(?<=  )# .*| *<!-- .* -->")
    return [(block.language, comment.sub("", block.text)) for block in blocks() if block.page == page]
