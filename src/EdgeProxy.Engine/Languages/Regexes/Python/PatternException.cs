namespace EdgeProxy.Engine.Languages.Regexes.Python;

/// <summary>What is wrong with a pattern, in Python's words, and at which code point.</summary>
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
