#!/usr/bin/env bash
# What became faster or slower since an older commit. Builds benchmarks/Against with this tree's package and with that of the commit's, and runs the two
# in turns, each measurement in a fresh process, on one processor where it has one thread. Prints a table; the exit status says only whether everything ran.
# `benchmarks/against.sh COMMIT ROUNDS`, by default e13c691 and 5, which take a quarter of an hour. Needs the .NET SDK, and a commit that packs
# src/Runtime as `Unroll` and whose models have the functions that benchmarks/Against calls. CPU=0 chooses the processor, the last one by default.
# DOTNET_* settings hold for both builds' programs, except for DOTNET_TieredPGO, which is taken away: DOTNET_EnableAVX512=0 compares kernels of 256 bits.
# A time varies by a few percent from run to run, so that of 25 rows that are equal in truth one or two mostly look slower: a row below its target is
# measured in twice as many rounds more, once, and the table counts all its values and says so.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
commit=${1:-e13c691} rounds=${2:-5}
if [ $# -gt 2 ] || ! [[ $rounds =~ ^[1-9][0-9]*$ ]]; then
    echo "Usage: benchmarks/against.sh [COMMIT [ROUNDS]]" >&2
    exit 2
fi

commit=$(git -C "$root" rev-parse --short --verify "$commit^{commit}")
cpu=${CPU:-$(taskset -cp $$ | sed 's/.*[^0-9]//')}
export LC_ALL=C.UTF-8 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
clean() {
    if [ -e "$work/tree" ]; then git -C "$root" worktree remove --force "$work/tree"; fi
    rm -rf "$work"
}
trap clean EXIT
git -C "$root" worktree add --quiet --detach "$work/tree" "$commit"

# build NAME TREE: with the tree's package, as users have it. Warnings of an older tree are none of our concern.
build() {
    local unconcerned=(-p:RunAnalyzersDuringBuild=false -p:TreatWarningsAsErrors=false -p:NuGetAudit=false)
    echo "Building on $2" >&2
    mkdir "$work/$1"
    cp "$root"/benchmarks/Against/*.cs* "$work/$1"
    { DOTNET_TieredPGO=0 dotnet pack -c Release "$2/src/Runtime" -o "$work/feed" -p:PackageVersion="0.1.0-$1" "${unconcerned[@]}" &&
        DOTNET_TieredPGO=0 dotnet build -c Release "$work/$1" -p:UnrollVersion="0.1.0-$1" -p:RestoreAdditionalProjectSources="$work/feed" \
            -p:RestorePackagesPath="$work/packages" "${unconcerned[@]}"; } >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# measure WHAT SIZES NUMBERS..., as Against takes them: both builds; each number that a program prints goes to a file of its own, the share of the processor that it had to another.
measure() {
    local name numbers i TIMEFORMAT=%P pinned=(taskset -c "$cpu") share=$work/share
    if [ "$1" = train ] && [ "$4" -gt 1 ]; then pinned=() share=/dev/null; fi
    for name in old new; do
        { time numbers=$(env -u DOTNET_TieredPGO "${pinned[@]}" dotnet "$work/$name/bin/Release/net10.0/Against.dll" "$@" 2>&3); } 3>&2 2>>"$share"
        i=0
        for number in $numbers; do
            i=$((i + 1))
            echo "$number" >>"$work/$name/$* $i"
        done
    done
}

# summary FILE: the least number and the median.
summary() {
    sort -g "$1" | awk '{ value[NR] = $1 } END { print value[1], (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# misses FILE TARGET: whether the ratio of the least times is below the target.
misses() {
    echo "$(summary "$work/old/$1") $(summary "$work/new/$1") $2" | awk '{ exit !($1 / $3 < $5) }'
}

# row NAME FILE TARGET: old and new, and the ratios where the numbers are none themselves.
row() {
    echo "$(summary "$work/old/$2") $(summary "$work/new/$2")" | awk -v name="$1" -v target="$3" '
        function show(value) { return value >= 99.95 ? sprintf("%.0f", value) : sprintf("%#.3g", value) }
        function cell(text) { return (text == "" ? " " : " " text " ") "|" }
        {
            least = name ~ /÷/ ? "" : show($1 / $3)
            medians = name ~ /÷/ ? "" : show($2 / $4)
            print "|" cell(name) cell(show($1) " (" show($2) ")") cell(show($3) " (" show($4) ")") cell(least) cell(medians) cell(target)
        }'
}

# What is measured: the work, which of its numbers, how a row calls it, and the least ratio of the two builds, or another target of the new one.
rows=(
    "predict 4-16-3 1|1|one sample, 4-16-3, µs|0.98"
    "predict 13-64-64-1 1|1|one sample, 13-64-64-1, µs|0.98"
    "predict 784-128-10 1|1|one sample, 784-128-10, µs|0.98"
    "predict 4-16-3 256|1|256 samples, 4-16-3, µs|2.5"
    "predict 6-24-24-2 256|1|256 samples, 6-24-24-2, µs|1.6"
    "predict 784-128-10 256|1|256 samples, 784-128-10, µs|0.98"
    "predict 784-512-512-10 256|1|256 samples, 784-512-512-10, µs|0.98"
    "predict 1024-1024-1024 256|1|256 samples, 1024-1024-1024, µs|0.98"
    "train 4-16-3 32 1|1|training step with Adam, 4-16-3, batch 32, µs|1.4"
    "train 13-64-64-1 32 1|1|training step, 13-64-64-1, batch 32, µs|1.2"
    "train 30-100-50-1 32 1|1|training step, 30-100-50-1, batch 32, µs|1.2"
    "train 784-128-10 32 1|1|training step, 784-128-10, batch 32, µs|0.98"
    "train 784-128-10 128 1|1|training step, 784-128-10, batch 128, µs|0.98"
    "train 784-512-512-10 256 1|1|training step, 784-512-512-10, batch 256, µs|0.98"
    "train 1024-1024-1024 256 1|1|training step, 1024-1024-1024, batch 256, µs|0.98"
    "epoch 784-128-10 32 60000|1|epoch of 60,000 samples, 784-128-10, batch 32, µs|0.98"
    "train 4-16-3 32 2|1|two threads: training step, 4-16-3, batch 32, µs|0.98"
    "train 4-16-3 256 2|1|two threads: training step, 4-16-3, batch 256, µs|0.98"
    "train 13-64-64-1 32 2|1|two threads: training step, 13-64-64-1, batch 32, µs|0.98"
    "train 13-64-64-1 128 2|1|two threads: training step, 13-64-64-1, batch 128, µs|0.98"
    "train 13-64-64-1 1024 2|1|two threads: training step, 13-64-64-1, batch 1,024, µs|0.98"
    "train 784-128-10 32 2|1|two threads: training step, 784-128-10, batch 32, µs|0.98"
    "train 784-128-10 128 2|1|two threads: training step, 784-128-10, batch 128, µs|0.98"
    "train 784-512-512-10 256 2|1|two threads: training step, 784-512-512-10, batch 256, µs|0.98"
    "train 1024-1024-1024 256 2|1|two threads: training step, 1024-1024-1024, batch 256, µs|0.98"
    "memory 784-512-512-10 1024|1|memory of a training step, 784-512-512-10, batch 1,024, MB|3"
    "first 4-16-3 256|1|256 samples, 4-16-3, one network of eight: the tenth call, µs|"
    "first 4-16-3 256|2|the same: mean of the first two seconds, µs|"
    "first 4-16-3 256|3|the same: in the end, µs|"
    "first 4-16-3 256|4|the same: the tenth call ÷ in the end|new ≤ 1.2"
    "first 4-16-3 256|5|the same: mean of the first two seconds ÷ in the end|new ≤ 1.2"
    "first 4-16-3 1|1|one sample of each of eight networks: the tenth call, µs|"
    "first 4-16-3 1|2|the same: mean of the first two seconds, µs|"
    "first 4-16-3 1|3|the same: in the end, µs|"
    "first 4-16-3 1|4|the same: the tenth call ÷ in the end|new ≤ 1.2"
    "first 4-16-3 1|5|the same: mean of the first two seconds ÷ in the end|new ≤ 1.2"
    "jit 4-16-3|1|JIT compiler, 4-16-3: \`new\`, ms|"
    "jit 4-16-3|2|JIT compiler, 4-16-3: first prediction of one sample, ms|"
    "jit 4-16-3|3|JIT compiler, 4-16-3: first prediction of 256 behind that, ms|"
    "jit 4-16-3|4|JIT compiler, 4-16-3: an epoch of training behind those, ms|"
    "jit 4-16-3|5|JIT compiler, 4-16-3: all of these, ms|new ≤ 40"
    "jit 4-16-3|6|JIT compiler, another network in the same program: all of these, ms|new ≤ 40"
)

build old "$work/tree"
build new "$root"
for ((round = 1; round <= rounds; round++)); do
    echo "Round $round of $rounds" >&2
    for line in "${rows[@]}"; do
        if [[ $line == *"|1|"* ]]; then measure ${line%%|*}; fi
    done
done

# Each missed row by itself, so that its rounds lie close together.
declare -A again
for line in "${rows[@]}"; do
    IFS='|' read -r of number name target <<<"$line"
    if [[ $target =~ ^[0-9.]+$ ]] && misses "$of $number" "$target"; then
        echo "$name: $((2 * rounds)) more rounds" >&2
        again[$name]=1
        for ((round = 1; round <= 2 * rounds; round++)); do measure $of; done
    fi
done

changed=$([ -z "$(git -C "$root" status --porcelain)" ] || echo " with changes")
model=$(sed -n '/^model name/ { s/.*: //p; q }' /proc/cpuinfo)
runtime=$(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10[^ ]*\).*/\1/p' | tail -n 1)
read -r least median < <(summary "$work/share")
echo "- $(date -u '+%Y-%m-%d %H:%M') UTC, \`benchmarks/against.sh $commit $rounds\`; old: $commit, new: $(git -C "$root" rev-parse --short HEAD)$changed"
echo "- ${model:-$(uname -m)}, $(nproc --all) processors; $(. /etc/os-release && echo "$PRETTY_NAME"); .NET $runtime"
echo "- Least times (medians). Processor $cpu, of which a program had ${median%.*} % (the least: ${least%.*} %)"
echo
echo "| what | old | new | ratio of the least | ratio of the medians | target |"
echo "| --- | --- | --- | --- | --- | --- |"
for line in "${rows[@]}"; do
    IFS='|' read -r of number name target <<<"$line"
    row "$name${again[$name]:+ (*)}" "$of $number" "$target"
done
if [ ${#again[@]} -gt 0 ]; then
    echo
    echo "(*) below its target in $rounds rounds, so measured in $((2 * rounds)) more: the numbers are those of all $((3 * rounds))."
fi
