using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Emission;

/// <summary>Writes what a pass does: calls, with their arguments as C#.</summary>
/// <param name="buffers">The names of the pass's values.</param>
/// <param name="kernels">The names of the kernels.</param>
internal sealed class StatementWriter(BufferNames buffers, KernelNames kernels)
{
    /// <summary>The type parameter of the schedule that stands for a machine's kernels.</summary>
    public const string Kernels = "K";

    /// <summary>Writes statements in order; those in a row that have one condition stand behind it together.</summary>
    public void Write(CodeWriter writer, IReadOnlyList<Statement> statements)
    {
        for (int first = 0, end; first < statements.Count; first = end)
        {
            Call? condition = (statements[first] as When)?.Condition;
            end = first + 1;
            while (condition is not null && end < statements.Count && (statements[end] as When)?.Condition == condition)
            {
                end++;
            }

            using (condition is null ? null : writer.Block($"if ({Expression(condition)})"))
            {
                foreach (Statement statement in statements.Skip(first).Take(end - first))
                {
                    Write(writer, statement is When when ? when.Then : statement);
                }
            }
        }
    }

    public void Write(CodeWriter writer, Statement statement)
    {
        switch (statement)
        {
            case Call call:
                writer.Call(NameOf(call.Target), Arguments(call));
                break;
            case Loop loop:
                using (loop.Idle is null ? null : writer.Braces())
                {
                    WriteLoop(writer, loop);
                }

                break;
            case Runs runs:
                using (writer.Braces())
                {
                    WriteRuns(writer, runs);
                }

                break;
            case EachPart parts:
                using (writer.Block($"for (int part = 0; part < {CSharpLiteral.Of(parts.Parts)}; part++)"))
                {
                    Write(writer, parts.Each);
                }

                break;
            case HeadChoice choice:
                using (writer.Block($"if (step.FusesHead({CSharpLiteral.Of(choice.Output)}))"))
                {
                    Write(writer, choice.Fused);
                }

                using (writer.Block("else"))
                {
                    foreach (Call call in choice.Separate)
                    {
                        Write(writer, call);
                    }
                }

                break;
            default:
                throw new InvalidOperationException($"no code for {statement}");
        }
    }

    private void WriteRuns(CodeWriter writer, Runs runs)
    {
        writer.Line("nuint row = 0, rows = 0;");
        if (runs.AddsUp)
        {
            writer.Line($"bool {Runs.GoesOn} = step.{PartCallPlanner.GoesOn};");
        }

        using (writer.Block($"while ({Expression(runs.Next)})"))
        {
            Write(writer, runs.Each);
            if (runs.AddsUp)
            {
                writer.Line($"{Runs.GoesOn} = true;");
            }
        }
    }

    private void WriteLoop(CodeWriter writer, Loop loop)
    {
        (string begin, string end) = loop.Idle is null ? ("0", CSharpLiteral.Of(loop.Steps)) : ("begin", "end");
        WriteAll(writer, loop.Before);
        using (loop.Steps == 1 ? null : writer.Block(loop.IsReversed ? $"for (nuint t = {end}; t != {begin};)" : $"for (nuint t = {begin}; t < {end}; t++)"))
        {
            if (loop is { IsReversed: true, Steps: > 1 })
            {
                writer.Line("t--;");
            }

            if (loop.Idle is IdleCalls idle)
            {
                using (writer.Block($"if ({string.Join(" && ", idle.Conditions.Select(Expression))})"))
                {
                    WriteAll(writer, idle.Instead);
                    writer.Line("continue;");
                }
            }

            WriteAll(writer, loop.Each);
        }

        WriteAll(writer, loop.After);
    }

    private string Expression(Call call) => $"{NameOf(call.Target)}({string.Join(", ", Arguments(call))})";

    private string[] Arguments(Call call) => [.. call.Arguments.Select(argument => Argument(argument, call.Target))];

    private void WriteAll(CodeWriter writer, IEnumerable<Call> calls)
    {
        foreach (Call call in calls)
        {
            Write(writer, call);
        }
    }

    /// <summary>Declares what calls need of the training step, except for what the method gets.</summary>
    public void DeclareArenas(CodeWriter writer, IEnumerable<Statement> statements, IReadOnlyList<KernelParameter> given)
    {
        MemoryPlace[] places =
        [
            .. statements
                .SelectMany(static statement => statement.Calls)
                .SelectMany(static call => call.Arguments)
                .OfType<CallArgument.Buffer>()
                .Select(static buffer => buffer.Place)
                .Distinct()
                .OrderByDescending(static place => place),
        ];
        if (buffers.HasRoom && places.Contains(MemoryPlace.Block))
        {
            writer.Line($"nuint {BufferNames.Room} = step.Room;");
        }

        foreach (MemoryPlace place in places)
        {
            string name = OriginOf(place);
            if (given.All(parameter => parameter.Name != name))
            {
                writer.Line($"ref float {name} = ref step.{char.ToUpperInvariant(name[0])}{name.Substring(1)};");
            }
        }
    }

    private string NameOf(CallTarget target) => target switch
    {
        CallTarget.Kernel kernel => $"{Kernels}.{kernels[kernel.Plan]}",
        CallTarget.Library library => library.Name,
        CallTarget.OfStep step => $"step.{step.Method}",
        _ => throw new InvalidOperationException($"no name for {target}"),
    };

    private string Argument(CallArgument argument, CallTarget target) => argument switch
    {
        CallArgument.Buffer { Place: MemoryPlace.Caller } caller => $"ref {Reference.At(OriginOf(caller.Place), caller.Samples)}",
        CallArgument.Buffer buffer => $"ref {Reference.At(OriginOf(buffer.Place), Offset.Variable(buffers[buffer.Value]) + buffer.Samples)}",
        CallArgument.Count count => $"{Count(count.Value, target)}",
        CallArgument.Groups groups => $"({groups.Samples + (groups.Size - 1)}) / {groups.Size}",
        CallArgument.Least least => $"nuint.Min({Count(least.Value, target)}, {CSharpLiteral.Of(least.Limit)})",
        CallArgument.PartStart start => $"{(start.Behind == 0 ? "part" : $"(part + {start.Behind})")} * {start.Whole} / parts",
        CallArgument.IsOdd isOdd => $"{isOdd.Value.Modulo(2)} != 0",
        CallArgument.Flag flag => flag.Parameter,
        CallArgument.Number number => CSharpLiteral.Of(number.Value),
        CallArgument.List list => $"[{string.Join(", ", list.Values.Select(CSharpLiteral.Of))}]",
        CallArgument.OfStep step => $"step.{step.Member}",
        CallArgument.Local local => local.IsNew ? $"out nuint {local.Name}" : $"ref {local.Name}",
        _ => throw new InvalidOperationException($"no expression for {argument}"),
    };

    // The number of a part is an int, and kernels count in nuint.
    private static Offset Count(Offset value, CallTarget target) => value.Renamed(variable => variable switch
    {
        PartCallPlanner.SamplesThere => "step.Samples",
        PartCallPlanner.Part when target is CallTarget.Kernel => $"(nuint){PartCallPlanner.Part}",
        _ => variable,
    });

    private static string OriginOf(MemoryPlace place) => place switch
    {
        MemoryPlace.Caller => "input",
        MemoryPlace.Step => "temporaries",
        MemoryPlace.Block => "block",
        MemoryPlace.Parameters => "parameters",
        MemoryPlace.Gradients => "gradients",
        _ => throw new InvalidOperationException($"no arena for {place}"),
    };
}
