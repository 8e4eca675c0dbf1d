using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Tests.Values;

/// <summary>Long texts as JSON spells them, in pieces.</summary>
public sealed class SpelledTextTests
{
    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    [InlineData("\\n")]
    [InlineData("\\\\")]
    [InlineData("\\\"")]
    [InlineData("\\u20AC")]
    [InlineData("\\ud83d\\uDE00")]
    [InlineData("\\u0000")]
    public void ForEachPiece_AnythingAtTheEndOfAPiece_AddsUpToTheText(string spelled)
    {
        for (var before = SpelledText.PieceLength - 14; before <= SpelledText.PieceLength + 1; before++)
        {
            var json = $"{new string('a', before)}{spelled}{spelled}{new string('b', 20)}";
            var text = new SpelledText(Encoding.UTF8.GetBytes(json));
            var pieces = new List<byte>();
            var isComplete = false;

            text.ForEachPiece((piece, isLast) =>
            {
                Assert.False(isComplete);
                Assert.InRange(piece.Length, 1, SpelledText.PieceLength);
                pieces.AddRange(piece);
                isComplete = isLast;
            });

            using var expected = JsonDocument.Parse($"\"{json}\"");
            Assert.True(isComplete);
            Assert.Equal(expected.RootElement.GetString(), Encoding.UTF8.GetString([.. pieces]));
            Assert.Equal(expected.RootElement.GetString(), text.ToString());
            Assert.True(text.IsUnicode);
        }
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\uDE00")]
    [InlineData("\\ud83d\\ud83d")]
    [InlineData("\\uDE00\\ud83d")]
    public void IsUnicode_HalfOfASurrogatePairAnywhere_False(string spelled)
    {
        for (var before = SpelledText.PieceLength - 14; before <= SpelledText.PieceLength + 1; before++)
        {
            Assert.False(new SpelledText(Encoding.UTF8.GetBytes($"{new string('a', before)}{spelled}")).IsUnicode);
            Assert.False(new SpelledText(Encoding.UTF8.GetBytes($"{new string('a', before)}{spelled}{new string('b', 20)}")).IsUnicode);
        }
    }
}
