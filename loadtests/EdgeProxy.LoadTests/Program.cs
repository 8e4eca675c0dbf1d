using EdgeProxy.LoadTests;
using EdgeProxy.LoadTests.Model;

return await LoadTestCommands.Root(static options => new LoadTest(options, NBomberGenerator.Run, Console.Out).RunAsync()).Parse(args).InvokeAsync();
