using System.Reflection;
using System.Text.RegularExpressions;
using EdgeProxy.Host.Logging;
using EdgeProxy.Testing;
using Microsoft.Extensions.Logging;

namespace EdgeProxy.Deploy.Tests;

/// <summary>The page for operators names log lines that there are.</summary>
public sealed partial class LogReferenceTests
{
    [Fact]
    public void Page_EventIds_Exist()
    {
        var known = typeof(EventIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (int)field.GetRawConstantValue()!).ToHashSet();
        var named = Row().Matches(Repository.Read("docs/operating.md"))
            .SelectMany(static match => match.Groups["ids"].Value.Split(", "))
            .Select(int.Parse)
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.Contains(id, known));
    }

    [Fact]
    public void Page_EntriesFromWarningOn_AreListed()
    {
        // Those whose level depends, too.
        var logged = typeof(EventIds).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .ToList();
        var named = Row().Matches(Repository.Read("docs/operating.md")).SelectMany(static match => match.Groups["ids"].Value.Split(", ")).Select(int.Parse).ToHashSet();

        Assert.True(logged.Count > 50, $"{logged.Count}");
        Assert.Empty(logged.Where(entry => entry.Level >= LogLevel.Warning && !named.Contains(entry.EventId)).Select(static entry => $"{entry.EventId} {entry.Message}").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| (?<ids>[0-9]{3,4}(, [0-9]{3,4})*) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
