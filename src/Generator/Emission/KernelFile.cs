using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>The files beside the user's class: the schedule, and the kernels of one machine each.</summary>
internal static class KernelFile
{
    // Within the struct, within the file.
    private const int MethodDepth = 1;

    /// <summary>The type that holds a machine's kernels.</summary>
    public static string TypeOf(string codeClass, SimdTarget target) => $"{codeClass}_{target.Machine.Name}Kernels";

    public static GeneratedFile Schedule(NetworkPlan plan, KernelNames kernels, IReadOnlyList<SimdTarget> targets) => Write(
        plan.Network.Model.Header,
        "Schedule",
        $"the order of its kernels\n\n{PlanTable.Text(plan, kernels)}",
        SimdTarget.ScheduleUsings,
        new ScheduleEmitter(plan, kernels, targets).Write);

    /// <summary>A file for each machine. A kernel that another network holds is called there.</summary>
    /// <param name="set">The network's kernels.</param>
    /// <param name="owners">Who holds each of them.</param>
    public static IEnumerable<GeneratedFile> Kernels(KernelSet set, EquatableArray<KernelOwner> owners)
    {
        string code = Identifiers.CodeClass(set.Header);
        foreach (SimdMachine machine in SimdMachine.WidestFirst)
        {
            bool isChosen = set.Machines.Contains(machine);
            SimdTarget target = SimdTarget.Of(machine);
            string[] methods = [.. set.Kernels.Zip(owners, (own, owner) => owner.Network == set.Header ? own.On(machine)
                : isChosen ? Call(own, TypeOf(Identifiers.CodeClass(owner.Network), target), owner.Name)
                : null).OfType<string>()];
            if (isChosen || methods.Length > 0)
            {
                yield return Write(set.Header, machine.Name, $"kernels for vectors of {machine.Lanes} floats, {machine.Name}", target.Usings, writer =>
                {
                    writer.Line(TypeShell.GeneratedCode);
                    using (writer.Block($"internal readonly struct {TypeOf(code, target)}{(isChosen ? $" : {ScheduleEmitter.InterfaceOf(code)}" : "")}"))
                    {
                        for (int method = 0; method < methods.Length; method++)
                        {
                            if (method > 0)
                            {
                                writer.Line();
                            }

                            writer.Rendered(methods[method]);
                        }
                    }
                });
            }
        }
    }

    /// <summary>A kernel's text for each machine. Where another machine's does as well, that is called.</summary>
    public static WrittenKernel Written(KeyValuePair<string, KernelPlan> kernel, TypeHeader network, IReadOnlyList<SimdTarget> targets)
    {
        IReadOnlyList<KernelParameter> parameters = KernelEmitter.For(kernel.Value).Parameters;
        var written = new WrittenKernel(
            kernel.Key,
            kernel.Value,
            ScheduleMethod.Declared(parameters),
            ScheduleMethod.Passed(parameters),
            targets.Select(static target => target.Machine).Select(kernel.Value.MachineFor).Distinct()
                .Select(machine => new KernelText(machine, KernelTexts.Of(kernel.Value, SimdTarget.Of(machine), kernel.Key, MethodDepth)))
                .ToEquatableArray());
        string code = Identifiers.CodeClass(network);
        return written with
        {
            Texts = targets.Select(static target => target.Machine).Concat(written.Texts.Select(static text => text.Machine)).Distinct()
                .Select(machine => new KernelText(machine, CalledBy(machine, written) is { } other
                    ? Call(written, TypeOf(code, SimdTarget.Of(other)), kernel.Key)
                    : written.On(machine)!))
                .ToEquatableArray(),
        };
    }

    /// <summary>The machine whose kernel does as well: the narrower one of few columns, or one whose text is the same to the letter.</summary>
    private static SimdMachine? CalledBy(SimdMachine machine, WrittenKernel kernel) =>
        kernel.Plan.MachineFor(machine) != machine ? kernel.Plan.MachineFor(machine)
        : machine.Sibling is { } sibling && kernel.On(sibling) == kernel.On(machine) ? sibling
        : null;

    private static string Call(WrittenKernel kernel, string type, string name)
    {
        var writer = new CodeWriter(MethodDepth);
        writer.Line("[MethodImpl(AggressiveInlining)]");
        writer.Line($"public static void {kernel.Name}({kernel.Declared}) =>");
        writer.Line($"    {type}.{name}({kernel.Passed});");
        return writer.ToString();
    }

    private static GeneratedFile Write(TypeHeader header, string part, string subject, string usings, Action<CodeWriter> writeBody)
    {
        var writer = new CodeWriter();
        writer.Line("// <auto-generated/>");
        writer.Comment($"{header.DisplayName}: {subject}");

        // Or the compiler analyses nullability here as well, where the project does: a quarter of its time.
        writer.Line("#nullable disable");
        writer.Line();
        writer.Line("namespace Unroll.Generated;");
        writer.Line();
        writer.Line(usings);
        writer.Line();
        writeBody(writer);
        return new GeneratedFile($"{header.HintName}.{part}.g.cs", writer.ToString());
    }
}
