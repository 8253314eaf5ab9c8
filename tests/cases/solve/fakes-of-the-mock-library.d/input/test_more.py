import unittest
from unittest import mock
from unittest.mock import MagicMock, create_autospec, patch

import clerk
import main as entry


class FakeTill:
    def ring(self, order):
        return 40


class MoreTest(unittest.TestCase):
    def setUp(self):
        patcher = patch("clerk.price", return_value=3)
        self.price = patcher.start()
        self.addCleanup(patcher.stop)

    def test_dict(self):
        with mock.patch.dict(clerk.TABLE, {"take": lambda order: 9}):
            self.assertEqual(clerk.by_table("x"), 9)

    def test_multiple(self):
        with patch.multiple("clerk", take=lambda order: 2):
            self.assertEqual(clerk.checkout(clerk.Till(), "x"), 3)

    @patch.object(clerk.Till, "ring")
    @patch("clerk.take")
    def test_effect_set_later(self, take, ring):
        def fake(order):
            return 5

        take.side_effect = fake
        ring.return_value = 1
        self.assertEqual(entry.handle("a"), 9)

    def test_class(self):
        with patch("clerk.Till", FakeTill):
            self.assertEqual(clerk.checkout(clerk.Till(), "x"), 40)

    def test_spec(self):
        till = create_autospec(clerk.Till, instance=True)
        till.ring.return_value = 8
        self.assertEqual(clerk.checkout(till, "x"), 8)
        till.ring.assert_called_once_with("x")

    def test_spec_of_function(self):
        fake = create_autospec(clerk.take, return_value=6)
        self.assertEqual(fake("x"), 6)
        with patch.object(clerk, "take", fake):
            self.assertEqual(clerk.checkout(clerk.Till(), "y"), 7)

    def test_mock_assigned(self):
        old = clerk.take
        clerk.take = MagicMock(return_value=4)
        try:
            self.assertEqual(clerk.checkout(clerk.Till(), "y"), 5)
        finally:
            clerk.take = old

    def test_price_called(self):
        entry.handle("a", "b")
        self.price.assert_called_with("b")
