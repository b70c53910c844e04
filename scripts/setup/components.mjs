/**
 * How is a program that npm does not bring obtained? By the first way that works: already there, fetched by the SDK,
 * or built from a package registry; kept in the cache that all clones share. When none works it says what is missing
 * and how a person can provide it. Needs node_modules.
 */
import { access, constants, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, inRoot } from './paths.mjs';
import { tryRun } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** The last version of the CLI that `go install` accepts; it carries server 1.29.1. */
const CLI = { module: 'github.com/temporalio/cli/cmd/temporal', version: '1.5.1' };
const TEST_SERVER = { artifact: 'temporal-test-server', version: '1.38.0', main: 'io.temporal.testserver.TestServer' };

/** A download that has not ended by then is given up; the next way is tried. */
const DOWNLOAD_MS = 120_000;
const BUILD_MS = 30 * 60_000;

/**
 * @typedef {object} Way
 * @property {string} how said to the person when it is tried
 * @property {() => Promise<string | undefined>} find the program's path, or nothing when this way is not open
 */

export const isProgram = (/** @type {string} */ file) =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Where `name` is on PATH, if anywhere. */
export async function onPath(/** @type {string} */ name) {
  for (const dir of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (dir !== '' && (await isProgram(path.join(dir, name)))) return path.join(dir, name);
  }
  return undefined;
}

/** The file the SDK left in its download directory. */
async function downloaded(/** @type {string} */ dir) {
  const files = await readdir(dir).catch(() => /** @type {string[]} */ ([]));
  for (const file of files) if (await isProgram(path.join(dir, file))) return path.join(dir, file);
  return undefined;
}

/**
 * @param {'cli' | 'test-server'} what
 * @param {string} dir
 */
async function download(what, dir) {
  const { code } = await tryRun(process.execPath, [inRoot('scripts', 'setup', 'sdk-download.mjs'), what, dir], {
    timeoutMs: DOWNLOAD_MS,
    quiet: true,
  });
  return code === 0 ? downloaded(dir) : undefined;
}

export async function firstThatWorks(
  /** @type {string} */ name,
  /** @type {Way[]} */ ways,
  /** @type {string} */ missing,
) {
  for (const [at, way] of ways.entries()) {
    if (at > 1) say(`  ${name}:${way.how} …`);
    const found = await way.find();
    if (found !== undefined) return found;
  }
  throw new SetupError(`没有 ${name},几种办法都没成功。${missing}`);
}

/** The Temporal CLI with its development server: the path of the program. */
export function temporalCli() {
  const home = path.join(cacheDir, `temporal-cli-${CLI.version}`);
  const built = path.join(home, 'bin', 'temporal');
  const fetched = path.join(home, 'download');
  return firstThatWorks(
    'Temporal CLI',
    [
      { how: '查找 PATH', find: () => onPath('temporal') },
      { how: '查找缓存', find: async () => ((await isProgram(built)) ? built : downloaded(fetched)) },
      { how: '由 SDK 下载', find: () => download('cli', fetched) },
      {
        how: `用 Go 编译 ${CLI.version}(只做一次,约六分钟)`,
        find: async () => {
          const go = await onPath('go');
          if (go === undefined) return undefined;
          const { code } = await tryRun(go, ['install', `${CLI.module}@v${CLI.version}`], {
            env: { GOBIN: path.dirname(built), GOFLAGS: '-mod=mod' },
            timeoutMs: BUILD_MS,
          });
          return code === 0 ? built : undefined;
        },
      },
    ],
    '请安装 Temporal CLI 并放进 PATH,或安装 Go 1.24 以上让本脚本自行编译,或把 TEMPORAL_ADDRESS 设为已有的 Temporal 服务。',
  );
}

/** A Maven project with nothing in it but the one dependency. */
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>${TEST_SERVER.artifact}</artifactId>
      <version>${TEST_SERVER.version}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Copies the server and its dependencies out of Maven, whole or not at all. */
async function fromMaven(/** @type {string} */ lib) {
  const mvn = await onPath('mvn');
  if (mvn === undefined) return false;
  const unfinished = `${lib}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const project = path.join(path.dirname(lib), 'pom.xml');
  await writeFile(project, pom);
  const { code, output } = await tryRun(
    mvn,
    ['--batch-mode', '-f', project, 'dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`],
    { timeoutMs: BUILD_MS, quiet: true },
  );
  if (code !== 0) {
    say(output.slice(-2_000));
    return false;
  }
  await rename(unfinished, lib);
  return true;
}

/** A program that passes its arguments on to the server, as the SDK starts it with a port. */
async function javaWrapper(/** @type {string} */ home, /** @type {string} */ java) {
  const wrapper = path.join(home, 'temporal-test-server');
  const script = `#!/bin/sh\nexec '${java}' -cp '${path.join(home, 'lib')}/*' ${TEST_SERVER.main} "$@"\n`;
  await writeFile(`${wrapper}.${process.pid}`, script, { mode: 0o755 });
  await rename(`${wrapper}.${process.pid}`, wrapper);
  return wrapper;
}

/** The server whose clock skips ahead while workflows sleep: the path of a program that takes a port. */
export function temporalTestServer() {
  const home = path.join(cacheDir, `temporal-test-server-${TEST_SERVER.version}`);
  const lib = path.join(home, 'lib');
  const fetched = path.join(home, 'download');
  const jar = path.join(lib, `${TEST_SERVER.artifact}-${TEST_SERVER.version}.jar`);
  const fromJar = async () => {
    const java = await onPath('java');
    return java === undefined ? undefined : javaWrapper(home, java);
  };
  const hasJar = () =>
    access(jar).then(
      () => true,
      () => false,
    );
  return firstThatWorks(
    'Temporal 时间快进测试服务',
    [
      { how: '查找 PATH', find: () => onPath('temporal-test-server') },
      { how: '查找缓存', find: async () => ((await hasJar()) ? fromJar() : downloaded(fetched)) },
      { how: '由 SDK 下载', find: () => download('test-server', fetched) },
      { how: '由 Maven 取得', find: async () => ((await fromMaven(lib)) ? fromJar() : undefined) },
    ],
    '请安装 Java 11 以上和 Maven,让本脚本从 Maven 取得;或把 temporal-test-server 放进 PATH。只有测试需要它。',
  );
}
