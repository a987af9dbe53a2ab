using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>The shape of the methods a schedule is made of.</summary>
internal static class ScheduleMethod
{
    // Calls, and before them the names they use of what the method does not get.
    public static void WriteBody(CodeWriter writer, KernelParameter[] arguments, Action<CodeWriter> writeCalls)
    {
        var body = new CodeWriter();
        writeCalls(body);
        string calls = body.ToString();
        foreach (string arena in new[] { "Parameters", "Gradients", "Temporaries", "Blocks" })
        {
            string name = arena.ToLowerInvariant();
            if (arguments.All(argument => argument.Name != name) && calls.Contains($"ref {name},"))
            {
                writer.Line($"ref float {name} = ref step.{arena};");
            }
        }

        if (arguments.All(static argument => argument.Name != "local") && calls.Contains("+ local"))
        {
            writer.Line("const nuint local = 0;");
        }

        writer.Line(calls.TrimEnd('\n'));
    }

    public static void Write(CodeWriter writer, string summary, string header, Action writeBody)
    {
        writer.Line();
        if (summary.Length > 0)
        {
            writer.Line($"/// <summary>{summary}</summary>");
        }

        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block(header))
        {
            writeBody();
        }
    }

    public static string Declared(IEnumerable<KernelParameter> arguments) =>
        string.Join(", ", arguments.Select(static argument => argument.Declaration));

    public static string Passed(IEnumerable<KernelParameter> arguments) =>
        string.Join(", ", arguments.Select(static argument => argument.Argument));

    /// <summary>A method of calls in order, in as many pieces as the budget asks for.</summary>
    public static void WriteSequence(
        CodeWriter writer, string summary, string access, string name, KernelParameter[] arguments, IEnumerable<Op> ops, Action<CodeWriter, Op> writeCall)
    {
        IReadOnlyList<IReadOnlyList<Op>> pieces = CodeBudget.Split(ops);
        string header = $"static void {name}";
        Write(writer, summary, $"{access} {header}({Declared(arguments)})", () =>
        {
            if (pieces.Count == 1)
            {
                WriteCalls(writer, arguments, pieces[0], writeCall);
                return;
            }

            for (int piece = 0; piece < pieces.Count; piece++)
            {
                writer.Line($"{name}_{piece}({Passed(arguments)});");
            }
        });

        for (int piece = 0; piece < pieces.Count && pieces.Count > 1; piece++)
        {
            IReadOnlyList<Op> calls = pieces[piece];
            Write(
                writer, "", $"private {header}_{piece}({Declared(arguments)})", () => WriteCalls(writer, arguments, calls, writeCall));
        }
    }

    private static void WriteCalls(CodeWriter writer, KernelParameter[] arguments, IReadOnlyList<Op> ops, Action<CodeWriter, Op> writeCall) =>
        WriteBody(writer, arguments, body =>
        {
            foreach (Op op in ops)
            {
                writeCall(body, op);
            }
        });
}
