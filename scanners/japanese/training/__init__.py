"""学習用の例 (training examples): what the name model learns from."""
