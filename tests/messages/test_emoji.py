"""Every emoji can be found by its names."""


def test_the_names_are_given_in_english_and_japanese(client):
    answer = client.get("/chat/emoji/names.json")
    tea = {sign: names for sign, *names in answer.json()}["🍵"]
    assert "tea" in tea and "湯飲み" in tea
    assert "max-age" in answer.headers["Cache-Control"]
    assert (
        client.get("/chat/emoji/names.json", headers={"If-None-Match": answer.headers["ETag"]}).status_code
        == 304
    )


def test_none_is_offered_in_five_shades(client):
    assert not [sign for sign, *_ in client.get("/chat/emoji/names.json").json() if "\U0001f3fd" in sign]
