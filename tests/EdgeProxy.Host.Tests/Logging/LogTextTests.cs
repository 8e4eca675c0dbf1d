using System.Text.Json.Nodes;
using EdgeProxy.Host.Logging;
using EdgeProxy.Host.Logging.Files;
using EdgeProxy.Host.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EdgeProxy.Host.Tests.Logging;

/// <summary>Hostile names: a log entry remains one line, and shows every character.</summary>
public sealed class LogTextTests
{
    /// <summary>Names that would forge lines, drive the terminal, or turn the text around.</summary>
    public static TheoryData<string> HostileNames =>
    [
        "a\nfake: line", "a\r\nb", "\u001b[2J\u001b[31mred", "a\u0085b", "a\u2028b\u2029c", "\u202Egnp.exe", "\u2066x\u2069", "\u200Fx\u200E\u061C", "\0\a\b\u007F\u009B1m",
        "\uFEFFx\u00AD", "\U000E0041\U000E0042",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Generic_HostileName_OneLineWithoutControlCharacters(string name)
    {
        var line = Write(new GenericLogFormatter(isColoured: false, TimeProvider.System), name);

        AssertSafe(line);
        Assert.Contains("info: Category[7] Environment '", line, StringComparison.Ordinal);
        Assert.Contains("\\u", line, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Json_HostileName_OneLineThatReadsBack(string name)
    {
        var line = Write(new JsonLogFormatter("message", TimeProvider.System), name);

        AssertSafe(line);
        Assert.Equal($"Environment '{name}' is loaded", (string?)JsonNode.Parse(line)!["message"]);
    }

    [Fact]
    public void Generic_Exception_OnTheSameLine()
    {
        var line = Write(new GenericLogFormatter(isColoured: false, TimeProvider.System), "x", new InvalidOperationException("first\nsecond\u001b[0m"));

        AssertSafe(line);
        Assert.Contains("first second\\u001b[0m", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Generic_Coloured_OnlyTheLevel()
    {
        var line = Write(new GenericLogFormatter(isColoured: true, TimeProvider.System), "\u001b[31mred");

        Assert.Contains("\u001b[32m\u001b[40minfo\u001b[39m\u001b[22m\u001b[49m: Category[7] Environment '\\u001b[31mred'", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("é 漢字 \U0001F600 \U0001F469\u200D\U0001F4BB می\u200Cخواهم")]
    public void Escape_NothingUnsafe_TheSameText(string text) => Assert.Same(text, LogText.Escape(text));

    [Fact]
    public void Escape_HalfOfATag_Escaped() => Assert.Equal("a\\udb40", LogText.Escape("a\uDB40"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task File_HostileName_OneLine(bool isJson)
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("log");
        using (var provider = new FileLogProvider(
            new LogFileOptions(path, LogLevel.Information, isJson, IncludesLog: true, IncludesAccessLog: false), "message", TimeProvider.System))
        {
            provider.CreateLogger("Category").Log(
                LogLevel.Information, 7, "a\nb\u001b[31m\u2028", exception: null, static (name, _) => $"Environment '{name}' is loaded");
        }

        AssertSafe(await File.ReadAllTextAsync(path));
    }

    private static string Write(ConsoleFormatter formatter, string name, Exception? exception = null)
    {
        using var writer = new StringWriter();
        formatter.Write(
            new LogEntry<string>(LogLevel.Information, "Category", 7, name, exception, static (name, _) => $"Environment '{name}' is loaded"), scopeProvider: null, writer);
        return writer.ToString();
    }

    private static void AssertSafe(string line)
    {
        Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
        var text = line[..^Environment.NewLine.Length];
        Assert.DoesNotContain(text, static character => char.IsControl(character) || char.GetUnicodeCategory(character) is
            System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
        Assert.DoesNotContain("\uDB40", text, StringComparison.Ordinal);
    }
}
