using EdgeProxy.Host.Testing;
using EdgeProxy.Tools.Results;

namespace EdgeProxy.Tooling.Tests.Tools.Results;

public sealed class ResultsCommandTests : IDisposable
{
    private const string Trx = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
        <UnitTestResult testName="A.Passes" outcome="Passed" />
        <UnitTestResult testName="A.Passes(again: 1)" outcome="Passed" />
        OTHER
        </Results><ResultSummary><Counters total="4" passed="2" failed="0" notExecuted="0" /></ResultSummary></TestRun>
        """;

    private const string Skipped = """<UnitTestResult testName="A.Skips" outcome="NotExecuted"><Output><ErrorInfo><Message>no helm</Message></ErrorInfo></Output></UnitTestResult>""";
    private const string Failed = """<UnitTestResult testName="A.Fails" outcome="Failed"><Output><ErrorInfo><Message>wrong</Message></ErrorInfo></Output></UnitTestResult>""";

    private const string JUnit = """
        <testsuites><testsuite name="s"><testcase name="works"/><testcase name="in a page"><skipped type="skipped" message="no browser"/></testcase></testsuite>
        <testcase name="breaks"><failure type="x" message="y"/></testcase></testsuites>
        """;

    private readonly TemporaryDirectory _folder = new();
    private readonly StringWriter _output = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
    }

    [Theory]
    [InlineData("", "passed\t3\tbuild\t", false, 0, "3 passed, 0 failed, 0 skipped")]
    [InlineData("", "passed\t3\tbuild\t", true, 0, "3 passed, 0 failed, 0 skipped")]
    [InlineData(Skipped, "passed\t3\tbuild\t", false, 0, "3 passed, 0 failed, 1 skipped")]
    [InlineData(Skipped, "passed\t3\tbuild\t", true, 1, "3 passed, 0 failed, 1 skipped")]
    [InlineData("", "skipped\t0\tload\tno wrk", false, 0, "2 passed, 0 failed, 1 skipped")]
    [InlineData("", "skipped\t0\tload\tno wrk", true, 1, "2 passed, 0 failed, 1 skipped")]
    [InlineData("", "failed\t3\tbuild\t", false, 1, "2 passed, 1 failed, 0 skipped")]
    [InlineData(Failed, "passed\t3\tbuild\t", false, 1, "3 passed, 1 failed, 0 skipped")]
    public void Run_Results_LastLineAndExitCode(string test, string check, bool isStrict, int code, string last)
    {
        Write("one.trx", TrxWith(test));
        Write("checks.tsv", check);

        Assert.Equal(code, ResultsCommand.Run(_folder.Path, isStrict, _output));
        Assert.Equal(last, _output.ToString().TrimEnd().Split('\n')[^1]);
    }

    [Fact]
    public void Run_Skips_AreGroupedByReason()
    {
        Write("tests/one.trx", TrxWith(Skipped));
        Write("tests/two.trx", TrxWith(Skipped.Replace("A.Skips", "B.Skips", StringComparison.Ordinal)));
        Write("sdks.junit.xml", JUnit);
        Write("checks.tsv", "passed\t61\tbuild\t\nskipped\t0\tload\tno wrk\nfailed\t2\treal SDKs\t\n");

        Assert.Equal(1, ResultsCommand.Run(_folder.Path, isStrict: true, _output));
        Assert.Equal(
            """
            Checks:
              passed     61 s  build
              skipped     0 s  load
              FAILED      2 s  real SDKs
                         63 s  in all
            Failed test: breaks
            Skipped checks: 1
              no wrk
                load
            Skipped tests: 3
              no helm
                A.Skips
                B.Skips
              no browser
                in a page
            CI_STRICT is set: a run that skips anything fails.
            6 passed, 2 failed, 4 skipped
            """,
            _output.ToString().TrimEnd());
    }

    [Fact]
    public void Run_NoTest_Fails()
    {
        Write("checks.tsv", "passed\t1\tbuild\t\n");

        Assert.Equal(1, ResultsCommand.Run(_folder.Path, isStrict: false, _output));
    }

    private static string TrxWith(string result) => Trx.Replace("OTHER", result, StringComparison.Ordinal);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(name))!);
        File.WriteAllText(_folder.Combine(name), content);
    }
}
