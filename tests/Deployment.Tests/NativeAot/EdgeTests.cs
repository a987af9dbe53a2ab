using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.NativeAot;

/// <summary>The sample published with NativeAOT answers as it does under the JIT, whatever it was published for.</summary>
public sealed class EdgeTests(EdgePublications edge) : IClassFixture<EdgePublications>
{
    private const double LargestBinary = 3_000_000;

    private static readonly TimeSpan s_firstAnswer = TimeSpan.FromMilliseconds(30);

    private static readonly string[] s_flowers =
        [.. File.ReadLines(Path.Combine(Repository.Root, "samples", "Edge", "Data", "iris.csv")).Skip(1).Select(RequestFor)];

    /// <summary>What to publish for, and the width in bits that gives.</summary>
    public static TheoryData<string, int> InstructionSets => new() { { "", 128 }, { "x86-64-v3", 256 }, { "x86-64-v4", 512 } };

    [Theory]
    [InlineData("")]
    [InlineData("x86-64-v3")]
    [InlineData("x86-64-v4")]
    public void PublishesSmallWithoutAWarning(string instructionSet)
    {
        CommandResult publication = edge.Publish(instructionSet);

        Assert.Empty(publication.Warnings);
        Assert.DoesNotContain("warning", publication.Output, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(new FileInfo(edge.ProgramOf(instructionSet)).Length, 1, LargestBinary);
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void AnswersAsTheJitDoesAtItsWidth(string instructionSet, int width)
    {
        string program = edge.ProgramOf(instructionSet);
        RequireProcessorFor(width);
        edge.Train();

        CommandResult expected = Ask("dotnet", [edge.Assembly, EdgePublications.Weights]);
        CommandResult actual = Ask(program, [EdgePublications.Weights]);

        Assert.Contains($"vectors of {width} bits", actual.Lines);
        float[][] here = Probabilities(expected);
        float[][] there = Probabilities(actual);
        Assert.Equal(s_flowers.Length, here.Length);
        Assert.Equal(s_flowers.Length, there.Length);
        Assert.All(here.Zip(there), static pair =>
        {
            Assert.Equal(3, pair.First.Length);
            Assert.All(pair.First.Zip(pair.Second), static values => Assert.InRange(values.Second, values.First - 1e-6f, values.First + 1e-6f));
        });
    }

    [Theory]
    [MemberData(nameof(InstructionSets))]
    public void AnswersTheFirstRequestAtOnce(string instructionSet, int width)
    {
        string program = edge.ProgramOf(instructionSet);
        RequireProcessorFor(width);
        edge.Train();

        // The best of some: what else the machine does is not the program's time.
        TimeSpan best = Enumerable.Range(0, 20).Min(_ => TimeToFirstAnswer(program));

        Assert.True(best < s_firstAnswer, $"The first answer came {best.TotalMilliseconds:0.0} ms after the start.");
    }

    [Fact]
    public void TrainsWhereThereAreNoWeights()
    {
        string program = edge.ProgramOf("");
        string weights = edge.Workspace["trained-by-the-published-program.safetensors"];

        CommandResult first = Ask(program, [weights]);
        Assert.Contains(first.Lines, static line => line.StartsWith("trained; accuracy on 30 other flowers: ", StringComparison.Ordinal));
        Assert.True(File.Exists(weights));
        int right = first.Lines.Where(IsAnswer).Select((line, row) => line.Contains(SpeciesOf(row), StringComparison.Ordinal)).Count(static isRight => isRight);
        Assert.InRange(right, 140, 150);

        CommandResult second = Ask(program, [weights]);
        Assert.DoesNotContain(second.Lines, static line => line.StartsWith("trained", StringComparison.Ordinal));
        Assert.Equal(first.Lines.Where(IsAnswer), second.Lines.Where(IsAnswer));
    }

    [Theory]
    [InlineData("no json", "invalid JSON literal")]
    [InlineData("[1,2,3,4]", "A request is an object")]
    [InlineData("""{"sepalLength":5.1,"sepalWidth":3.5,"petalLength":1.4}""", "petalWidth")]
    [InlineData("""{"sepalLength":"5.1","sepalWidth":3.5,"petalLength":1.4,"petalWidth":0.2}""", "sepalLength")]
    public void AWrongRequestIsAnErrorAndTheNextOneIsAnswered(string request, string mention)
    {
        string program = edge.ProgramOf("");
        edge.Train();

        CommandResult run = CommandLine.Run(program, [EdgePublications.Weights], edge.Workspace.Path, input: $"{request}\n{s_flowers[0]}\n").RequireSuccess();

        string[] answers = [.. run.Lines.Where(IsAnswer)];
        using JsonDocument error = JsonDocument.Parse(answers[0]);
        Assert.Contains(mention, error.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("setosa", answers[1], StringComparison.Ordinal);
    }

    // By what the processor has, not by what this process was told to use.
    internal static void RequireProcessorFor(int width)
    {
        string flag = width switch { 512 => "avx512vl", 256 => "avx2", _ => "sse4_2" };
        Assert.SkipUnless(File.ReadAllText("/proc/cpuinfo").Split(' ', '\n').Contains(flag), $"This processor has no vectors of {width} bits.");
    }

    private CommandResult Ask(string program, string[] arguments) =>
        CommandLine.Run(program, arguments, edge.Workspace.Path, input: string.Join('\n', s_flowers) + "\n").RequireSuccess();

    private static bool IsAnswer(string line) => line.StartsWith('{');

    private static float[][] Probabilities(CommandResult run) =>
    [
        .. run.Lines.Where(IsAnswer).Select(static line =>
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            return answer.RootElement.GetProperty("probabilities").EnumerateArray().Select(static value => value.GetSingle()).ToArray();
        }),
    ];

    private TimeSpan TimeToFirstAnswer(string program)
    {
        using var process = new Process { StartInfo = CommandLine.StartInfo(program, [EdgePublications.Weights], edge.Workspace.Path) };
        long start = Stopwatch.GetTimestamp();
        process.Start();
        process.StandardInput.WriteLine(s_flowers[0]);
        process.StandardInput.Flush();
        string? answer = process.StandardOutput.ReadLine();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.Contains("setosa", answer, StringComparison.Ordinal);
        return time;
    }

    private static string SpeciesOf(int row) => new[] { "setosa", "versicolor", "virginica" }[row / 50];

    private static string RequestFor(string line)
    {
        string[] values = line.Split(',');
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"sepalLength":{{values[0]}},"sepalWidth":{{values[1]}},"petalLength":{{values[2]}},"petalWidth":{{values[3]}}}""");
    }
}
