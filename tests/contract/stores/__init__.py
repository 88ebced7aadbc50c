"""The stores of the contract's tests; ``kinds`` lists them."""
