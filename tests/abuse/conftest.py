from tests.brought.conftest import dense_file, dense_model

__all__ = ["dense_file", "dense_model"]
