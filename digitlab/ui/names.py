"""How the choices of a spec are called on the pages."""

NAMES = {
    "categorical_crossentropy": "Cross-entropy",
    "mean_squared_error": "Mean squared error",
    "accuracy": "Accuracy",
    "top_k_categorical_accuracy": "Right among five guesses",
    "sgd": "SGD",
    "momentum": "SGD with momentum",
    "rmsprop": "RMSprop",
    "adam": "Adam",
}
"""From the names that Keras uses to words."""
