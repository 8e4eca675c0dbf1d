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

    [Theory]
    [InlineData("docs/operating.md")]
    [InlineData("docs/metrics.md")]
    public void Page_EventIdsInSentences_AreInTheTable(string page)
    {
        var listed = Row().Matches(Repository.Read("docs/operating.md")).SelectMany(static match => match.Groups["ids"].Value.Split(", ")).ToHashSet(StringComparer.Ordinal);
        var named = Sentence().Matches(Repository.Read(page)).SelectMany(static match => Id().Matches(match.Value)).Select(static match => match.Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.Contains(id, listed));
    }

    [Fact]
    public void Messages_AboutAnEnvironment_HaveItsLabel()
    {
        // So that its name is in the text, and name and key are members in JSON.
        Assert.DoesNotContain(Logged(), static entry => entry.Message.Contains("nvironment {Key}", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_EntriesFromWarningOn_AreListed()
    {
        // Those whose level depends, too.
        var logged = Logged();
        var named = Row().Matches(Repository.Read("docs/operating.md")).SelectMany(static match => match.Groups["ids"].Value.Split(", ")).Select(int.Parse).ToHashSet();

        Assert.True(logged.Count > 50, $"{logged.Count}");
        Assert.Empty(logged.Where(entry => entry.Level >= LogLevel.Warning && !named.Contains(entry.EventId)).Select(static entry => $"{entry.EventId} {entry.Message}").Order(StringComparer.Ordinal));
    }

    private static List<LoggerMessageAttribute> Logged() =>
    [
        .. typeof(EventIds).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Select(static method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>(),
    ];

    // "log entry 1000", and "the log (741) has the cause" or "The log has the status (740)".
    [GeneratedRegex(@"log entry [0-9]{3,4}|\b[Ll]og\b[^.|]*?\([0-9]{3,4}(, [0-9]{3,4})*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("[0-9]{3,4}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\| (?<ids>[0-9]{3,4}(, [0-9]{3,4})*) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
