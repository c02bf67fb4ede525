from tests.uploads.models.conftest import dense_file, dense_model

__all__ = ["dense_file", "dense_model"]
