namespace EdgeProxy.Engine.Tests.Languages.Regexes.Python;

/// <summary>A surrogate pair is one character everywhere, a surrogate on its own is one too.</summary>
public sealed class CodePointTests
{
    [Theory]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData(@"^\W$", "😀", true)]
    [InlineData(@"^\D$", "😀", true)]
    [InlineData(@"^\S$", "😀", true)]
    [InlineData(@"^\w$", "𝒳", true)]
    [InlineData(@"^\W$", "𝒳", false)]
    [InlineData(@"^\d+$", "𝟙𝟚", true)]
    [InlineData(@"\b𝒳\b", "𝒳😀", true)]
    [InlineData(@"\b𝒳\b", "𝒳𝒳", false)]
    [InlineData("^[😀]$", "😀", true)]
    [InlineData("^[😀]$", "😁", false)]
    [InlineData("^[^😀]$", "😁", true)]
    [InlineData("^[^😀]", "😀", false)]
    [InlineData("^[😀-😂]$", "😁", true)]
    [InlineData("^[a-😂]$", "😁", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("^😀*$", "😀😀😀", true)]
    [InlineData("^😀{2}$", "😀😀", true)]
    [InlineData("^😀{2}$", "😀😁", false)]
    [InlineData(@"^\U0001F600$", "😀", true)]
    [InlineData(@"^(.)\1$", "😀😀", true)]
    [InlineData(@"^(.)\1$", "😀😁", false)]
    [InlineData("^..(?<=😀)a", "b😀a", true)]
    [InlineData("^..(?<=^..)a", "b😀a", true)]
    [InlineData("^.(?<!.😀)a", "😀a", true)]
    [InlineData("(?i)𐐀", "𐐨", true)]
    [InlineData("(?i)[𐐀-𐐁]", "𐐩", true)]
    [InlineData("(?i)[^𐐀]", "𐐨", false)]
    public void MatchesAtStart_SurrogatePair_IsOneCharacter(string pattern, string text, bool expected)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, text));
    }

    // Attributes cannot hold such text, so it is given by its UTF-16 units.
    [Theory]
    [InlineData("^.$", true, 0xD83D)]
    [InlineData("^.$", true, 0xDE00)]
    [InlineData("^.{2}$", true, 0xDE00, 0xD83D)]
    [InlineData(@"^\W$", true, 0xD83D)]
    [InlineData(@"^\ud83d$", true, 0xD83D)]
    [InlineData(@"^[\ud800-\udbff]", true, 0xD83D)]
    [InlineData(@"^\ud83d", false, 0xD83D, 0xDE00)]
    [InlineData(@"^[\ud800-\udfff]", false, 0xD83D, 0xDE00)]
    [InlineData(@"^\ud83d\ude00", false, 0xD83D, 0xDE00)]
    [InlineData(@"^[^\ud83d]", true, 0xD83D, 0xDE00)]
    [InlineData(@"^(.)\1", false, 0xD83D, 0xD83D, 0xDE00)]
    [InlineData(@"^(.)\1", true, 0xDE00, 0xDE00)]
    public void MatchesAtStart_UnpairedSurrogate_IsACharacterOfItsOwn(string pattern, bool expected, params int[] units)
    {
        Assert.Equal(expected, PythonRegexes.Matches(pattern, string.Concat(units.Select(static unit => (char)unit))));
    }
}
