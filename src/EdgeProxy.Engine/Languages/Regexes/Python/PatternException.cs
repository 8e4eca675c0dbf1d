namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>An error in a pattern, in Python's words, with the position of the code point.</summary>
internal sealed class PatternException : Exception
{
    public PatternException(string message)
        : base(message)
    {
    }

    public PatternException(string message, int position)
        : base($"{message} at position {position}")
    {
    }
}
