namespace EdgeProxy.Engine.JsonPaths.IRegexps;

/// <summary>A piece of a translated pattern: an operator in .NET's spelling, or a set of characters to be spelled yet.</summary>
internal readonly record struct IRegexpPart(string? Operator, CodePointSet? Set);
